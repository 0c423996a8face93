namespace DicomRn.Imaging.Registration;

/// <summary>
/// What speaks for or against a registration. Distances are root mean squares over a ball of 70 mm radius at the centre of the head.
/// </summary>
public sealed record RegistrationQuality
{
    /// <summary>Normalised mutual information at the result, 1 (nothing in common) to 2 (each image tells the other).</summary>
    public required double Information { get; init; }

    /// <summary>Share of the smaller one of both heads that both images show, 0 to 1.</summary>
    public required double Overlap { get; init; }

    /// <summary>How far the registration of fixed to moving and that of moving to fixed, made independently, disagree, mm.</summary>
    public required double InverseConsistencyMm { get; init; }

    /// <summary>The largest distance of a fine search from another beginning to the result, mm; without those that ended at a lesser maximum.</summary>
    public required double RestartSpreadMm { get; init; }

    /// <summary>
    /// Median over the parts of the head (its octants) of the shift that would register this part alone better, mm: what is left over
    /// where the heads are not the same or the search ended wrong.
    /// </summary>
    public required double LocalShiftMm { get; init; }

    /// <summary>
    /// Information above 1 that the mirror image of the fixed head reaches, as a share of the registration's. About 1 where two heads have
    /// no more in common than any two; above 1 where one image has left and right exchanged.
    /// </summary>
    public required double MirroredShare { get; init; }
}
