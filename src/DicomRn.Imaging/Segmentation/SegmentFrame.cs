using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Segmentation;

/// <summary>One frame: its number from 0 in the pixel data, the segment it belongs to (null in a label map) and its plane.</summary>
internal sealed record SegmentFrame(int Index, int? Segment, SlicePlane Plane);
