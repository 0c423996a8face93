using ScottPlot;
using ScottPlot.Plottables;

namespace DicomRn.Learning.Plots;

/// <summary>A plot of lines as PNG and SVG.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Across">Name of the axis across.</param>
/// <param name="Up">Name of the axis up.</param>
/// <param name="Lines">What it shows.</param>
/// <param name="Unit">Whether both axes go from 0 to 1.</param>
internal sealed record LinePlot(string Title, string Across, string Up, IReadOnlyList<PlotLine> Lines, bool Unit = false)
{
    private const int Width = 800;
    private const int Height = 600;

    /// <summary>Writes <paramref name="path"/> with <c>.png</c> and <c>.svg</c> appended.</summary>
    public void Write(string path)
    {
        using Plot plot = Draw();
        plot.SavePng(path + ".png", Width, Height);
        plot.SaveSvg(path + ".svg", Width, Height);
    }

    /// <summary>The PNG alone, for a page that holds its pictures.</summary>
    public byte[] ToPng()
    {
        using Plot plot = Draw();
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private Plot Draw()
    {
        EmbeddedFont.Use();
        Plot plot = new();
        foreach (PlotLine line in Lines)
        {
            int[] there = [.. Enumerable.Range(0, line.X.Count).Where(n => double.IsFinite(line.X[n]) && double.IsFinite(line.Y[n]))];
            if (there.Length == 0)
                continue;
            Scatter scatter = plot.Add.Scatter(there.Select(n => line.X[n]).ToArray(), there.Select(n => line.Y[n]).ToArray());
            scatter.LegendText = line.Name;
            scatter.MarkerSize = line.Markers ? 7 : 0;
            scatter.LineWidth = 2;
            scatter.LinePattern = line.Dashed ? LinePattern.Dashed : LinePattern.Solid;
        }

        plot.Title(Title);
        plot.XLabel(Across);
        plot.YLabel(Up);
        if (Unit)
            plot.Axes.SetLimits(0, 1, 0, 1);
        if (Lines.Any(l => l.Name.Length > 0))
            plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }
}
