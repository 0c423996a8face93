namespace DicomRn.Learning.Cohorts;

/// <summary>One lesion on one scan, or one scan in which no lesion is marked: a row of <c>cohort.csv</c>.</summary>
public sealed record CohortEntry
{
    /// <summary>Who it is of, within the data set. What is split is split by patient.</summary>
    public required string Patient { get; init; }

    /// <summary>Which lesion of the patient, the same on all scans; null where none is marked.</summary>
    public string? Lesion { get; init; }

    /// <summary>Which scan of the patient: 1 for the first, rising with time.</summary>
    public int TimePoint { get; init; } = 1;

    /// <summary>Days since the patient's first scan; null where not known.</summary>
    public double? Days { get; init; }

    /// <summary>T1 with contrast agent, NIfTI: full path. The whole head, or a sub-volume with a <see cref="BrainMedian"/>.</summary>
    public required string Image { get; init; }

    /// <summary>Mask of this lesion alone, NIfTI, in the space of the image: full path. Null where no lesion is marked.</summary>
    public string? Mask { get; init; }

    /// <summary>What the lesion turned out to be; null where that is not known.</summary>
    public LesionClass? Label { get; init; }

    /// <summary>The hospital or data set.</summary>
    public required string Centre { get; init; }

    /// <summary>What the patient's scans are for.</summary>
    public required CohortSplit Split { get; init; }

    /// <summary>
    /// Whether the label's question is asked of this scan: true for exactly one row of a labelled lesion. The other
    /// rows are the same lesion on other days.
    /// </summary>
    public bool IsIndex { get; init; }

    /// <summary>
    /// Median of the brain in the image's units, as <see cref="Preprocessing.IntensityNormalization"/> measures it on the whole head;
    /// null where the image is the whole head.
    /// </summary>
    public double? BrainMedian { get; init; }

    /// <summary>What was known on the day of the scan.</summary>
    public CohortClinicalData Clinical { get; init; } = new();
}
