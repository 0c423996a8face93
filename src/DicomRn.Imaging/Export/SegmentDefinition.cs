using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Export;

/// <summary>Segment Algorithm Type (0062,0008).</summary>
public enum SegmentAlgorithmType
{
    /// <summary>MANUAL: drawn by a person.</summary>
    Manual,

    /// <summary>SEMIAUTOMATIC: computed with a person's help, such as a human contour laid onto another grid.</summary>
    Semiautomatic,

    /// <summary>AUTOMATIC: computed.</summary>
    Automatic,
}

/// <summary>A segment to be written: its mask and the item of Segment Sequence (PS3.3 C.8.20.4).</summary>
public sealed record SegmentDefinition
{
    /// <summary>On the grid of the source images; not empty, for empty segments hang viewers.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>Segment Label, up to 64 characters.</summary>
    public required string Label { get; init; }

    /// <summary>Segment Description, up to 1024 characters; empty is left out.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tracking ID (0062,0020).</summary>
    public required string TrackingId { get; init; }

    /// <summary>Tracking UID (0062,0021).</summary>
    public required string TrackingUid { get; init; }

    /// <summary>Segmented Property Category Code Sequence.</summary>
    public CodedTerm Category { get; init; } = new("49755003", "SCT", "Morphologically Abnormal Structure");

    /// <summary>Segmented Property Type Code Sequence.</summary>
    public CodedTerm Type { get; init; } = new("52988006", "SCT", "Lesion");

    /// <summary>Anatomic Region Sequence; null is left out.</summary>
    public CodedTerm? AnatomicRegion { get; init; }

    /// <summary>How the mask came about.</summary>
    public SegmentAlgorithmType AlgorithmType { get; init; } = SegmentAlgorithmType.Semiautomatic;

    /// <summary>Segment Algorithm Name, up to 64 characters; not used where it was drawn by hand.</summary>
    public string AlgorithmName { get; init; } = "";

    /// <summary>Recommended Display CIELab Value.</summary>
    public RgbColor Color { get; init; } = new(255, 128, 0);
}
