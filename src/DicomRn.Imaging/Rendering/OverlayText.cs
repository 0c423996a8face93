using System.Reflection;
using SkiaSharp;

namespace DicomRn.Imaging.Rendering;

/// <summary>Text in the font that is part of the program, so that it shows on machines without fonts.</summary>
internal sealed class OverlayText : IDisposable
{
    private const string Resource = "DicomRn.Imaging.Rendering.DejaVuSans.ttf";

    private readonly SKTypeface _typeface = Load();

    public void Dispose() => _typeface.Dispose();

    /// <summary>Draws a line whose upper edge is at <paramref name="y"/>, smaller if it would be wider than allowed, with a dark edge.</summary>
    public void Draw(
        SKCanvas canvas, string line, float x, float y, float size, SKColor color, SKTextAlign align, float maximumWidth = float.MaxValue)
    {
        if (line.Length == 0)
            return;
        using SKFont font = new(_typeface, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        float width = font.MeasureText(line);
        if (width > maximumWidth)
            font.Size = Math.Max(9, size * maximumWidth / width);
        string shown = Shortened(font, line, maximumWidth);
        float baseline = y - font.Metrics.Ascent * 0.92f;
        using SKPaint edge = new()
        {
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = size / 6,
            StrokeJoin = SKStrokeJoin.Round,
            Color = new SKColor(0, 0, 0, 200),
        };
        using SKPaint fill = new() { IsAntialias = true, Color = color };
        canvas.DrawText(shown, x, baseline, align, font, edge);
        canvas.DrawText(shown, x, baseline, align, font, fill);
    }

    private static string Shortened(SKFont font, string line, float maximumWidth)
    {
        string shown = line;
        for (int length = line.Length - 1; length > 0 && font.MeasureText(shown) > maximumWidth; length--)
            shown = line[..length] + "…";
        return shown;
    }

    private static SKTypeface Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The font {Resource} is not part of this build.");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
