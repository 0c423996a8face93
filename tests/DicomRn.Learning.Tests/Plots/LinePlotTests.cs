using DicomRn.Learning.Plots;
using DicomRn.TestSupport;
using SkiaSharp;

namespace DicomRn.Learning.Tests.Plots;

public sealed class LinePlotTests
{
    [Fact]
    public void Plot_is_a_picture_with_ink_and_a_drawing_with_text()
    {
        using TemporaryFolder folder = new();
        new LinePlot("Course", "update", "loss", [new PlotLine("training", [0, 1, 2], [3, double.NaN, 1])]).Write(folder["course"]);
        using SKBitmap picture = SKBitmap.Decode(folder["course.png"]);
        Assert.Equal((800, 600), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.Distinct().Count() > 20);
        // Letters of the title, of which a machine without fonts has none but ours.
        Assert.Contains(Enumerable.Range(300, 200), x => Enumerable.Range(0, 40).Any(y => picture.GetPixel(x, y).Red < 100));
        Assert.Contains("<svg", File.ReadAllText(folder["course.svg"]), StringComparison.Ordinal);
    }
}
