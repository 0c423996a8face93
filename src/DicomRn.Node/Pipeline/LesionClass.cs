namespace DicomRn.Node.Pipeline;

/// <summary>What a lesion was taken for.</summary>
public enum LesionClass
{
    /// <summary>Radiation necrosis.</summary>
    RadiationNecrosis,

    /// <summary>Tumour progression.</summary>
    TumourProgression,

    /// <summary>The model applies, but its probability does not decide.</summary>
    Undetermined,

    /// <summary>The model does not apply to this lesion; there is no probability.</summary>
    NotClassified,
}
