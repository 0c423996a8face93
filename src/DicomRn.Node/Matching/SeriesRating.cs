namespace DicomRn.Node.Matching;

/// <summary>A candidate series with everything that speaks for or against it.</summary>
internal sealed record SeriesRating
{
    /// <summary>The series.</summary>
    public required SeriesAttributes Series { get; init; }

    /// <summary>All evidence, in the order of the rules.</summary>
    public required IReadOnlyList<SeriesEvidence> Evidence { get; init; }

    /// <summary>Sum of all points.</summary>
    public double Score => Evidence.Sum(e => e.Points);

    /// <summary>Points for T1 weighting.</summary>
    public double T1 => Sum(EvidenceKind.T1);

    /// <summary>Points for contrast agent.</summary>
    public double Contrast => Sum(EvidenceKind.Contrast);

    /// <summary>Points for a brain.</summary>
    public double Anatomy => Sum(EvidenceKind.Anatomy);

    /// <summary>Whether a rule excludes the series.</summary>
    public bool Rejected => Evidence.Any(e => e.Kind == EvidenceKind.Rejection);

    private double Sum(EvidenceKind kind) => Evidence.Where(e => e.Kind == kind).Sum(e => e.Points);
}
