using System.Globalization;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using SkiaSharp;

namespace DicomRn.Imaging.Rendering;

/// <summary>Paints one panel: grey image, map, outlines, orientation letters, scale bar, caption.</summary>
internal sealed class PanelPainter(OverlayScene scene, PanelView[] views, OverlayText text)
{
    private const float Margin = 8;

    public void Paint(SKCanvas canvas, int index, float left, float top)
    {
        OverlayPanel panel = scene.Panels[index];
        PanelView view = views[index];
        canvas.Save();
        canvas.Translate(left, top);
        canvas.ClipRect(new SKRect(0, 0, view.Size, view.Size));
        using (SKBitmap pixels = Pixels(panel, view))
            canvas.DrawBitmap(pixels, 0, 0);
        if (panel.ShowOutlines)
        {
            foreach (OverlayOutline outline in scene.Outlines)
                Outline(canvas, view, outline);
        }

        if (panel.FrameOfPanel is { } other)
            Frame(canvas, view, views[other]);
        Letters(canvas, view);
        ScaleBar(canvas, view);
        text.Draw(canvas, panel.Caption, Margin, Margin, 15, SKColors.White, SKTextAlign.Left, view.Size - 2 * Margin);
        canvas.Restore();
    }

    private SKBitmap Pixels(OverlayPanel panel, PanelView view)
    {
        SKBitmap bitmap = new(new SKImageInfo(view.Size, view.Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        SliceSampler image = new(scene.Image, scene.Slice);
        Volume<float>? heat = panel.ShowHeat && scene.Heat is { } h ? HeatOn(view, h) : null;
        byte[] rgba = new byte[view.Size * view.Size * 4];
        Parallel.For(0, view.Size, y =>
        {
            for (int x = 0; x < view.Size; x++)
            {
                PixelPoint p = view.ToSlice(x + 0.5, y + 0.5);
                double grey = image.Covers(p.I, p.J) ? scene.Window.Map(image.Smooth(p.I, p.J)) : 0;
                Span<byte> pixel = rgba.AsSpan((y * view.Size + x) * 4, 4);
                pixel.Fill((byte)Math.Round(grey * 255));
                pixel[3] = 255;
                if (heat is not null)
                    Blend(pixel, heat[x, y, 0]);
            }
        });
        rgba.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }

    private void Blend(Span<byte> pixel, float value)
    {
        OverlayHeat heat = scene.Heat!;
        double t = Math.Clamp((value - heat.Low) / (heat.High - heat.Low), 0, 1);
        if (!(t > 0))
            return;
        double opacity = heat.Opacity * Math.Sqrt(t) * Math.Min(1, t * 4);
        RgbColor color = HeatColors.At(t);
        pixel[0] = (byte)Math.Round(pixel[0] * (1 - opacity) + color.R * opacity);
        pixel[1] = (byte)Math.Round(pixel[1] * (1 - opacity) + color.G * opacity);
        pixel[2] = (byte)Math.Round(pixel[2] * (1 - opacity) + color.B * opacity);
    }

    // The map is sampled in patient space at every pixel of the panel: its grid may be coarser, cropped or turned.
    private static Volume<float> HeatOn(PanelView view, OverlayHeat heat)
    {
        PatientPoint origin = view.ToPatient(view.ToSlice(0.5, 0.5));
        PatientVector right = view.ToPatient(view.ToSlice(1.5, 0.5)) - origin, down = view.ToPatient(view.ToSlice(0.5, 1.5)) - origin;
        return VolumeResampler.Linear(heat.Map, new VolumeGeometry
        {
            Columns = view.Size,
            Rows = view.Size,
            Slices = 1,
            Origin = origin,
            DirectionI = right.Normalized(),
            DirectionJ = down.Normalized(),
            DirectionK = right.Cross(down).Normalized(),
            SpacingI = right.Length,
            SpacingJ = down.Length,
            SpacingK = 1,
        }, outside: (float)heat.Low);
    }

    private void Outline(SKCanvas canvas, PanelView view, OverlayOutline outline)
    {
        using SKPath path = new();
        foreach (TracedPolygon polygon in ContourTracer.Trace(outline.Mask.Slice(scene.Slice), outline.Mask.Geometry.Columns))
        {
            path.AddPoly([.. polygon.WithoutCollinearPoints().Points.Select(p => ToPoint(view, p))], close: true);
        }

        Stroke(canvas, path, new SKColor(outline.Color.R, outline.Color.G, outline.Color.B), 1.6f);
    }

    private static void Frame(SKCanvas canvas, PanelView view, PanelView other)
    {
        using SKPath path = new();
        path.AddPoly([.. other.Corners.Select(p => ToPoint(view, p))], close: true);
        Stroke(canvas, path, SKColors.White, 1);
    }

    // A dark edge keeps a thin line visible on bright tissue.
    private static void Stroke(SKCanvas canvas, SKPath path, SKColor color, float width)
    {
        using SKPaint paint = new() { IsAntialias = true, IsStroke = true, StrokeJoin = SKStrokeJoin.Round };
        (paint.Color, paint.StrokeWidth) = (new SKColor(0, 0, 0, 150), width + 2);
        canvas.DrawPath(path, paint);
        (paint.Color, paint.StrokeWidth) = (color, width);
        canvas.DrawPath(path, paint);
    }

    private static SKPoint ToPoint(PanelView view, PixelPoint p)
    {
        (float x, float y) = view.FromSlice(p);
        return new SKPoint(x, y);
    }

    private void Letters(SKCanvas canvas, PanelView view)
    {
        VolumeGeometry grid = scene.Image.Geometry;
        float middle = view.Size / 2f, end = view.Size - Margin;
        const float Size = 17;
        text.Draw(canvas, OrientationLetters.Of(-grid.DirectionI), Margin, middle - Size / 2, Size, SKColors.White, SKTextAlign.Left);
        text.Draw(canvas, OrientationLetters.Of(grid.DirectionI), end, middle - Size / 2, Size, SKColors.White, SKTextAlign.Right);
        text.Draw(canvas, OrientationLetters.Of(-grid.DirectionJ), middle, Margin, Size, SKColors.White, SKTextAlign.Center);
        text.Draw(canvas, OrientationLetters.Of(grid.DirectionJ), middle, end - Size * 1.15f, Size, SKColors.White, SKTextAlign.Center);
    }

    private void ScaleBar(SKCanvas canvas, PanelView view)
    {
        double longest = view.FieldOfView / 4;
        double length = new[] { 100.0, 50, 20, 10, 5, 2, 1, 0.5 }.FirstOrDefault(l => l <= longest, 0.5);
        float width = (float)(length * view.Millimetre), x = Margin, y = view.Size - Margin - 2;
        using SKPath path = new();
        path.AddPoly([new(x, y - 5), new(x, y), new(x + width, y), new(x + width, y - 5)], close: false);
        Stroke(canvas, path, SKColors.White, 1.5f);
        text.Draw(canvas, string.Create(CultureInfo.InvariantCulture, $"{length} mm"), x, y - 24, 13, SKColors.White, SKTextAlign.Left);
    }
}
