namespace DicomRn.Learning.Plots;

/// <summary>A line, or points, of a plot.</summary>
/// <param name="Name">In the legend; empty for none.</param>
/// <param name="X">Across.</param>
/// <param name="Y">Up; points that are no numbers are left out.</param>
/// <param name="Markers">Whether points are marked.</param>
/// <param name="Dashed">Whether the line is dashed.</param>
internal sealed record PlotLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, bool Markers = false, bool Dashed = false);
