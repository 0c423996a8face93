using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Series;

/// <summary>What other objects need to refer to a series of images that form a grid: identifiers and geometry, no pixels.</summary>
public sealed record ImageSeries
{
    /// <summary>The grid the slices form; slice k of it is <see cref="Instances"/>[k].</summary>
    public required VolumeGeometry Geometry { get; init; }

    /// <summary>Study Instance UID (0020,000D).</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UID (0020,000E).</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Frame of Reference UID (0020,0052); empty where the images have none, and then nothing may be laid onto them unregistered.</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>One per slice, in slice order (increasing along the slice normal).</summary>
    public required IReadOnlyList<SourceInstance> Instances { get; init; }
}
