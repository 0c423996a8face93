using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Export;

/// <summary>A region of interest to be written as contours.</summary>
public sealed record RtExportRoi
{
    /// <summary>ROI Name, up to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>On the grid of the images; slices without a voxel get no contour.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>RT ROI Interpreted Type, such as GTV or ORGAN; empty is common.</summary>
    public string InterpretedType { get; init; } = "GTV";

    /// <summary>ROI Display Color.</summary>
    public RgbColor Color { get; init; } = new(255, 0, 0);
}
