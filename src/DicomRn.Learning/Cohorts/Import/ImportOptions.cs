namespace DicomRn.Learning.Cohorts.Import;

/// <summary>An import of a public data set into the common format.</summary>
public sealed record ImportOptions
{
    /// <summary>The folder of the data set as it was unpacked.</summary>
    public required string Source { get; init; }

    /// <summary>A new or empty folder for the cohort.</summary>
    public required string Output { get; init; }

    /// <summary>Copies the images into the cohort; else <c>cohort.csv</c> names them where they are. Masks are written in any case, one per lesion.</summary>
    public bool Copy { get; init; }

    /// <summary>Values of the data set's segmentation that are the lesion; null for the data set's usual ones.</summary>
    public IReadOnlyList<int>? LesionValues { get; init; }

    /// <summary>Lesions of fewer voxels are specks and left out, where lesions are told apart by not touching.</summary>
    public int FewestVoxels { get; init; } = 3;

    /// <summary>Share of the labelled lesions that is held out, by patient, the same for both classes.</summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Decides which patients are held out.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>MOLAB: which scan of a lesion is the index scan.</summary>
    public IndexScanRule IndexScan { get; init; }

    /// <summary>MOLAB: the clinical workbook; null for the only <c>.xlsx</c> file below the source.</summary>
    public string? Workbook { get; init; }

    /// <summary>BrainMetShare: which of its images, <c>bravo</c> or <c>t1_gd</c>.</summary>
    public string Sequence { get; init; } = "bravo";
}
