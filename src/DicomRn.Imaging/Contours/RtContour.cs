using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Contours;

/// <summary>One item of Contour Sequence (3006,0040).</summary>
public sealed record RtContour
{
    /// <summary>What the points mean.</summary>
    public required ContourGeometricType GeometricType { get; init; }

    /// <summary>LPS, mm, in the frame of reference of the ROI.</summary>
    public required IReadOnlyList<PatientPoint> Points { get; init; }

    /// <summary>Contour Image Sequence (Type 3: often absent, sometimes of images that are not here).</summary>
    public IReadOnlyList<ContourImage> ReferencedImages { get; init; } = [];
}
