namespace DicomRn.Imaging.Geometry;

/// <summary>
/// A continuous position in the plane of one slice, in pixels: whole numbers are pixel centres, I is the column, J
/// the row, both from 0. (DICOM's image-relative SCOORD counts from the corner of the first pixel: add 0.5 to each.)
/// </summary>
public readonly record struct PixelPoint(double I, double J);
