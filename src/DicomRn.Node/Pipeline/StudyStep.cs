namespace DicomRn.Node.Pipeline;

/// <summary>The steps between a complete study and its results, in order.</summary>
public enum StudyStep
{
    /// <summary>The T1CE series is chosen and the lesion contours are brought onto its grid.</summary>
    Matching,

    /// <summary>The model gives every lesion its probability and attention volume.</summary>
    Classification,

    /// <summary>SR, SEG and overlays are written.</summary>
    Reporting,
}
