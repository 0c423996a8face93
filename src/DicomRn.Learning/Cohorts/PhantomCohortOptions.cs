namespace DicomRn.Learning.Cohorts;

/// <summary>What phantom cohort to make; the same options give the same files. The defaults are the paper's sizes.</summary>
public sealed record PhantomCohortOptions
{
    /// <summary>Decides everything that is random.</summary>
    public required int Seed { get; init; }

    /// <summary>Sub-volumes without a label, half of them of the first centre and half of other scanners than the two centres'.</summary>
    public int Unlabelled { get; init; } = 10_167;

    /// <summary>Labelled lesions of the first centre, held-out ones included.</summary>
    public int Labelled { get; init; } = 109;

    /// <summary>Share of the labelled lesions that is held out, by patient, the same for both classes.</summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Labelled lesions of the second centre.</summary>
    public int External { get; init; } = 28;

    /// <summary>Scans of each patient; the last is the index scan.</summary>
    public int TimePoints { get; init; } = 3;

    /// <summary>Voxels along each edge of the sub-volumes, which have 1 mm.</summary>
    public int Edge { get; init; } = 48;
}
