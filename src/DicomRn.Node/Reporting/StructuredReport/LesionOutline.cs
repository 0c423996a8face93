namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>The outline of a lesion on one slice.</summary>
/// <param name="Image">The image of the slice.</param>
/// <param name="Points">Closed: columns and rows from the upper left corner of the image, the last point equal to the first.</param>
/// <param name="AreaMm2">Area of the mask on the slice, mm².</param>
internal sealed record LesionOutline(ImageReference Image, IReadOnlyList<(float Column, float Row)> Points, double AreaMm2);
