namespace DicomRn.Imaging.Series;

/// <summary>The grid of a series without its pixels.</summary>
/// <param name="Series">Identifiers, grid (LPS, mm) and the instance of every slice.</param>
/// <param name="Notes">What was left out of the series and why, as sentences: copies of images, phase images, other stacks. Usually nothing.</param>
public sealed record SeriesGrid(ImageSeries Series, IReadOnlyList<string> Notes);
