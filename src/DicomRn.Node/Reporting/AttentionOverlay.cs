using System.Globalization;
using DicomRn.Imaging;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Classification;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>
/// The pictures of one lesion: the whole slice with its outline on the left, the lesion with the model's attention on the right.
/// Only the tracking ID names the lesion, because ROI names are free text and pixels must not carry identity.
/// </summary>
internal sealed class AttentionOverlay
{
    private static readonly RgbColor OutlineColor = new(0, 255, 160);

    private readonly OverlayScene _scene;
    private readonly Volume<byte> _mask;
    private readonly int _largestSlice;

    /// <summary>Prepares the pictures of a lesion.</summary>
    public AttentionOverlay(
        Volume<float> image, Volume<byte> mask, Volume<float>? attention, LesionResult lesion, ModelIdentity model, LesionMeasures measures,
        int panelSize)
    {
        _mask = mask;
        _largestSlice = measures.LargestSlice;
        double fieldOfView = Math.Max(48, 3 * measures.LongAxis.Length);
        OverlayHeat? heat = attention is null ? null : Heat(attention);
        _scene = new OverlayScene
        {
            Image = image,
            Slice = measures.LargestSlice,
            Window = DisplayWindow.FromQuantiles(image),
            Panels =
            [
                new OverlayPanel { FrameOfPanel = 1, Caption = "T1CE" },
                new OverlayPanel
                {
                    Center = measures.Centroid,
                    FieldOfView = fieldOfView,
                    ShowHeat = heat is not null,
                    Caption = heat is not null ? "Attention" : "No attention: not classified",
                },
            ],
            Outlines = [new OverlayOutline(mask, OutlineColor)],
            Heat = heat,
            Title = ReportTexts.Of(lesion),
            Banner = ReportTexts.Banner,
            PanelSize = panelSize,
            Details = [ReportTexts.Line(model)],
        };
    }

    /// <summary>The slices that get a picture, ascending; the one of largest area is among them.</summary>
    public IReadOnlyList<int> Slices(int most)
    {
        int[] all = [.. Enumerable.Range(0, _mask.Geometry.Slices).Where(k => _mask.Slice(k).IndexOf((byte)1) >= 0)];
        if (all.Length <= most)
            return all;
        IEnumerable<int> spread = Enumerable.Range(0, most - 1).Select(n => all[(int)((n + 0.5) * all.Length / (most - 1))]);
        return [.. spread.Append(_largestSlice).Distinct().Order()];
    }

    /// <summary>The picture of a slice.</summary>
    public RgbImage Render(int slice) => OverlayRenderer.Render(_scene with
    {
        Slice = slice,
        Details =
        [
            string.Create(CultureInfo.InvariantCulture, $"Slice {slice + 1} of {_mask.Geometry.Slices}{(slice == _largestSlice ? ", largest area" : "")}"),
            .. _scene.Details,
        ],
    });

    // 1 is attention as if evenly spread: colour begins above it, where the model looked more than that.
    private static OverlayHeat Heat(Volume<float> attention)
    {
        float highest = 0;
        foreach (float value in attention.Voxels)
            highest = Math.Max(highest, value);
        bool aboveEven = highest > 1;
        return new OverlayHeat
        {
            Map = attention,
            Low = aboveEven ? 1 : 0,
            High = aboveEven ? highest : 1,
            Title = "attention of the model",
            LowLabel = aboveEven ? "even" : "none",
            HighLabel = aboveEven ? string.Create(CultureInfo.InvariantCulture, $"{highest:0.0} × even") : "even",
        };
    }
}
