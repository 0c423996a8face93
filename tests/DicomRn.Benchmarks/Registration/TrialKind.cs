namespace DicomRn.Benchmarks.Registration;

/// <summary>What a trial of the gates registers.</summary>
internal enum TrialKind
{
    /// <summary>The planning image of the same head, as it should be.</summary>
    SameHead,

    /// <summary>The planning image of another patient.</summary>
    OtherPatient,

    /// <summary>A planning image whose orientation lies: left and right are exchanged.</summary>
    Mirrored,

    /// <summary>Turned by 60° to 180°, far beyond where the search begins.</summary>
    FarTurned,

    /// <summary>A planning image of 40 mm of the head.</summary>
    ThinSlab,

    /// <summary>The upper part of the head in one image, the lower part in the other, some 15 mm in both.</summary>
    LittleOverlap,

    /// <summary>Noise of 30 % to 100 % of the brightest tissue.</summary>
    HeavyNoise,

    /// <summary>A bottle of water and some rods.</summary>
    NoHead,
}
