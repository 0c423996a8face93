using System.ComponentModel.DataAnnotations;

namespace DicomRn.Node.Reporting;

/// <summary>Section <c>Reporting</c>: the objects that are sent back.</summary>
public sealed record ReportingOptions
{
    /// <summary>Series Number of the SR; the SEG has the next one, a REG the one after that, its checkerboard the next, overlays follow from 10 more. Default 9000.</summary>
    [Range(1, 999_000)]
    public int SeriesNumber { get; init; } = 9000;

    /// <summary>Whether the segmentation used is sent. Default true.</summary>
    public bool Segmentation { get; init; } = true;

    /// <summary>Whether attention overlays are sent. Default true.</summary>
    public bool Overlays { get; init; } = true;

    /// <summary>
    /// Whether a registration of the planning series that was made here and used is sent as a picture, too: both images in alternate squares.
    /// Default false.
    /// </summary>
    public bool Checkerboard { get; init; }

    /// <summary>
    /// Pictures per lesion at most: all slices of a lesion where they are fewer, else evenly spaced ones, always with the slice of largest
    /// area. Default 16.
    /// </summary>
    [Range(1, 500)]
    public int OverlaySlices { get; init; } = 16;

    /// <summary>Side of one of the two panels of an overlay, pixels. Default 512.</summary>
    [Range(128, 2048)]
    public int OverlayPanelSize { get; init; } = 512;
}
