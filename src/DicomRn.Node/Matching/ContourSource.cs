using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>An instance with regions of interest: an RT Structure Set or a Segmentation.</summary>
internal sealed record ContourSource
{
    /// <summary>The instance.</summary>
    public required StudyFile File { get; init; }

    /// <summary>Whether it is a Segmentation.</summary>
    public required bool IsSegmentation { get; init; }

    /// <summary>Date and time at which it was drawn, as text that sorts; empty where unknown.</summary>
    public required string DrawnAt { get; init; }

    /// <summary>Series that it was drawn on.</summary>
    public required IReadOnlyList<string> ReferencedSeries { get; init; }

    /// <summary>Whether its regions were brought here from another frame of reference.</summary>
    public bool Carried { get; init; }

    /// <summary>Its regions, in the order of the instance.</summary>
    public required IReadOnlyList<ContourRoi> Rois { get; init; }
}

/// <summary>A region of interest that can be laid onto a grid.</summary>
internal sealed record ContourRoi
{
    /// <summary>Number, name and type.</summary>
    public required LesionRoi Roi { get; init; }

    /// <summary>Frame of reference of its coordinates.</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>Points of its contours, in its frame of reference; none for a segment.</summary>
    public IReadOnlyList<PatientPoint> Points { get; init; } = [];

    /// <summary>Tracking UID that it already has; null for most.</summary>
    public string? TrackingUid { get; init; }

    /// <summary>The mask on a grid of the same frame of reference.</summary>
    public required Func<VolumeGeometry, RoiMask> ToMask { get; init; }

    /// <summary>What its references to images contradict in a series of the same frame of reference, as sentences.</summary>
    public Func<ImageSeries, IReadOnlyList<string>> CheckReferences { get; init; } = _ => [];

    /// <summary>The mask on a grid that is turned against the region's planes; null where <see cref="ToMask"/> does that.</summary>
    public Func<VolumeGeometry, RoiMask>? ToTurnedMask { get; init; }
}

/// <summary>A region on a grid.</summary>
/// <param name="Mask">1 inside.</param>
/// <param name="Voxels">Voxels inside.</param>
/// <param name="Inside">Part of the region that lies inside the grid, 0 to 1.</param>
/// <param name="Warnings">What a person should know, as sentences.</param>
internal sealed record RoiMask(Volume<byte> Mask, long Voxels, double Inside, IReadOnlyList<string> Warnings);
