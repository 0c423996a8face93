namespace DicomRn.Imaging.Contours;

/// <summary>An image that a contour was drawn on.</summary>
/// <param name="SopInstanceUid">Referenced SOP Instance UID.</param>
/// <param name="Frames">Referenced Frame Number, from 1; empty for the whole image.</param>
public sealed record ContourImage(string SopInstanceUid, IReadOnlyList<int> Frames);
