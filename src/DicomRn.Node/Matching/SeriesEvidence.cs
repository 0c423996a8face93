namespace DicomRn.Node.Matching;

/// <summary>What a piece of evidence speaks for.</summary>
internal enum EvidenceKind
{
    /// <summary>T1 weighting.</summary>
    T1,

    /// <summary>Contrast agent.</summary>
    Contrast,

    /// <summary>Brain, or another part of the body.</summary>
    Anatomy,

    /// <summary>Fitness for measurement: sampling, contours drawn on it.</summary>
    Fitness,

    /// <summary>The series cannot be what is looked for, whatever else speaks for it.</summary>
    Rejection,
}

/// <summary>One observation on a series and what it weighs.</summary>
/// <param name="Kind">What it speaks for.</param>
/// <param name="Points">Positive for, negative against; 0 for a rejection.</param>
/// <param name="Observation">The attribute and the value seen, in words.</param>
internal sealed record SeriesEvidence(EvidenceKind Kind, double Points, string Observation);
