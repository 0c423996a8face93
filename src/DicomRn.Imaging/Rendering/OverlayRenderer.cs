using System.Globalization;
using SkiaSharp;

namespace DicomRn.Imaging.Rendering;

/// <summary>
/// Draws an <see cref="OverlayScene"/>: for the Secondary Capture that a radiologist sees and for PNG files. Rows and
/// columns are shown as they are stored (I to the right, J downwards), pixels of unequal spacing in true proportion.
/// </summary>
public static class OverlayRenderer
{
    private const float Gap = 6, ColorBarWidth = 92, TitleSize = 20, DetailSize = 15, LineHeight = 1.4f, BannerHeight = 34;
    private static readonly SKColor Background = new(12, 12, 14);
    private static readonly SKColor Warning = new(255, 208, 64);
    private static readonly SKColor Quiet = new(205, 205, 210);

    /// <summary>Draws the scene.</summary>
    /// <exception cref="ArgumentException">No panel, a slice or an outline that does not fit the image, or an empty colour scale.</exception>
    public static RgbImage Render(OverlayScene scene)
    {
        Check(scene);
        PanelView[] views = [.. scene.Panels.Select(p => new PanelView(scene.Image.Geometry, scene.Slice, p, scene.PanelSize))];
        bool bar = scene.Heat is not null && scene.Panels.Any(p => p.ShowHeat);
        float top = Gap + (scene.Title.Length > 0 ? TitleSize * LineHeight : 0) + scene.Details.Count * DetailSize * LineHeight + Gap;
        int width = (int)Math.Ceiling(views.Length * (scene.PanelSize + Gap) + Gap + (bar ? ColorBarWidth : 0));
        int height = (int)Math.Ceiling(top + scene.PanelSize + Gap + (scene.Banner.Length > 0 ? BannerHeight : 0));

        // Even sides keep a frame of three bytes a pixel even in length.
        using SKBitmap bitmap = new(new SKImageInfo(width + width % 2, height + height % 2, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        using OverlayText text = new();
        canvas.Clear(Background);
        Heading(canvas, text, scene, width);
        PanelPainter painter = new(scene, views, text);
        for (int n = 0; n < views.Length; n++)
            painter.Paint(canvas, n, Gap + n * (scene.PanelSize + Gap), top);
        if (bar)
            ColorBar(canvas, text, scene, width - ColorBarWidth, top);
        Banner(canvas, text, scene.Banner, width, height);
        canvas.Flush();
        return RgbImage.From(bitmap);
    }

    private static void Check(OverlayScene scene)
    {
        if (scene.Panels.Count == 0)
            throw new ArgumentException("A scene needs a panel.", nameof(scene));
        if ((uint)scene.Slice >= (uint)scene.Image.Geometry.Slices)
            throw new ArgumentException($"Slice {scene.Slice} of {scene.Image.Geometry.Slices}.", nameof(scene));
        if (scene.Outlines.Any(o => !o.Mask.Geometry.Coincides(scene.Image.Geometry)))
            throw new ArgumentException("An outline is not on the grid of the image.", nameof(scene));
        if (scene.Heat is { } heat && !(heat.High > heat.Low))
            throw new ArgumentException($"The colour scale runs from {heat.Low} to {heat.High}.", nameof(scene));
    }

    private static void Heading(SKCanvas canvas, OverlayText text, OverlayScene scene, int width)
    {
        float y = Gap;
        if (scene.Title.Length > 0)
        {
            text.Draw(canvas, scene.Title, Gap + 2, y, TitleSize, SKColors.White, SKTextAlign.Left, width - 2 * Gap);
            y += TitleSize * LineHeight;
        }

        foreach (string detail in scene.Details)
        {
            text.Draw(canvas, detail, Gap + 2, y, DetailSize, Quiet, SKTextAlign.Left, width - 2 * Gap);
            y += DetailSize * LineHeight;
        }
    }

    private static void ColorBar(SKCanvas canvas, OverlayText text, OverlayScene scene, float left, float top)
    {
        OverlayHeat heat = scene.Heat!;
        float x = left + 8, barTop = top + 30, barHeight = scene.PanelSize - 60, barWidth = 20;
        using SKPaint paint = new();
        for (int n = 0; n < (int)barHeight; n++)
        {
            RgbColor c = HeatColors.At(1 - n / (barHeight - 1));
            paint.Color = new SKColor(c.R, c.G, c.B);
            canvas.DrawRect(x, barTop + n, barWidth, 1, paint);
        }

        float labels = x + barWidth / 2;
        text.Draw(canvas, heat.HighLabel ?? Number(heat.High), x, barTop - 22, 14, Quiet, SKTextAlign.Left, ColorBarWidth - 12);
        text.Draw(canvas, heat.LowLabel ?? Number(heat.Low), x, barTop + barHeight + 4, 14, Quiet, SKTextAlign.Left, ColorBarWidth - 12);
        canvas.Save();
        canvas.Translate(labels + barWidth / 2 + 12, barTop + barHeight / 2);
        canvas.RotateDegrees(-90);
        text.Draw(canvas, heat.Title, 0, 0, 15, Quiet, SKTextAlign.Center, barHeight);
        canvas.Restore();
    }

    private static void Banner(SKCanvas canvas, OverlayText text, string banner, int width, int height)
    {
        if (banner.Length > 0)
            text.Draw(canvas, banner, width / 2f, height - BannerHeight + 6, 17, Warning, SKTextAlign.Center, width - 4 * Gap);
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
