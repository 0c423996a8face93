using ScottPlot;
using SkiaSharp;

namespace DicomRn.Learning.Plots;

/// <summary>The font of the program for all text of plots, so that they look the same on a machine without fonts.</summary>
internal sealed class EmbeddedFont : IFontResolver
{
    private const string Resource = "DicomRn.Imaging.Rendering.DejaVuSans.ttf";
    private static readonly Lazy<SKTypeface> Typeface = new(Load);
    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new EmbeddedFont());
        return true;
    });

    /// <summary>Makes plots use it.</summary>
    public static void Use() => _ = Registered.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface.Value;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Typeface.Value;

    private static SKTypeface Load()
    {
        using Stream font = typeof(Imaging.Rendering.OverlayRenderer).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        return SKTypeface.FromStream(font);
    }
}
