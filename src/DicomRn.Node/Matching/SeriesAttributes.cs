namespace DicomRn.Node.Matching;

/// <summary>
/// What the choice of the T1CE series looks at: attributes of one MR series, classic or enhanced multi-frame, without
/// patient identity. Absent attributes are null or empty.
/// </summary>
internal sealed record SeriesAttributes
{
    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Frame of Reference UID; null where absent.</summary>
    public string? FrameOfReferenceUid { get; init; }

    /// <summary>Series Number.</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>Series Description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Protocol Name.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Sequence Name or, in enhanced images, Pulse Sequence Name.</summary>
    public string SequenceName { get; init; } = "";

    /// <summary>Image Type, all values.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>Scanning Sequence (0018,0020): SE, IR, GR, EP, RM.</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = [];

    /// <summary>Sequence Variant (0018,0021): SK, MTC, SS, TRSS, SP, MP, OSP.</summary>
    public IReadOnlyList<string> SequenceVariant { get; init; } = [];

    /// <summary>Whether MR Acquisition Type is 3D.</summary>
    public bool Is3D { get; init; }

    /// <summary>Repetition Time, ms.</summary>
    public double? RepetitionTime { get; init; }

    /// <summary>Echo Time or Effective Echo Time, ms.</summary>
    public double? EchoTime { get; init; }

    /// <summary>Acquisition Contrast (0008,9209) of enhanced images, for instance T1.</summary>
    public string AcquisitionContrast { get; init; } = "";

    /// <summary>Whether a diffusion b-value above 0 is given.</summary>
    public bool IsDiffusion { get; init; }

    /// <summary>Contrast/Bolus Agent as written; null where the attribute is absent.</summary>
    public string? ContrastAgent { get; init; }

    /// <summary>Whether a contrast volume, start time, dose or agent sequence is given.</summary>
    public bool HasContrastAdministration { get; init; }

    /// <summary>Body Part Examined.</summary>
    public string BodyPart { get; init; } = "";

    /// <summary>Study Description.</summary>
    public string StudyDescription { get; init; } = "";

    /// <summary>Acquisition (else series) date and time.</summary>
    public DateTime? AcquiredAt { get; init; }

    /// <summary>Rows and columns of the images.</summary>
    public int Rows { get; init; }

    /// <summary>Columns of the images.</summary>
    public int Columns { get; init; }

    /// <summary>Slice Thickness, mm.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>Number of images, or of frames of an enhanced image.</summary>
    public int ImageCount { get; init; }

    /// <summary>The free texts in which sites name their sequences.</summary>
    public string Names => string.Join(' ', new[] { Description, Protocol, SequenceName }.Where(t => t.Length > 0));
}
