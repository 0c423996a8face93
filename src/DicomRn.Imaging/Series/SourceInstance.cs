using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Series;

/// <summary>The image that a slice of a volume came from.</summary>
public sealed record SourceInstance
{
    /// <summary>SOP Class UID (0008,0016).</summary>
    public required string SopClassUid { get; init; }

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Number of the frame from 1 in a multi-frame image; null in a single-frame one, where references name no frame.</summary>
    public int? FrameNumber { get; init; }

    /// <summary>Instance Number (0020,0013), where there is one.</summary>
    public int? InstanceNumber { get; init; }

    /// <summary>Image Position (Patient), LPS, mm: the centre of the first pixel.</summary>
    public required PatientPoint Position { get; init; }

    /// <summary>The file it was read from or written to; null for a data set from memory.</summary>
    public string? Path { get; init; }
}
