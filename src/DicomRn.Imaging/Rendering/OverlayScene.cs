using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Rendering;

/// <summary>One picture: panels of the same slice side by side, with a heading above, a banner below and a colour bar.</summary>
public sealed record OverlayScene
{
    /// <summary>The image shown in grey.</summary>
    public required Volume<float> Image { get; init; }

    /// <summary>The slice shown, index K of <see cref="Image"/>.</summary>
    public required int Slice { get; init; }

    /// <summary>The grey scale.</summary>
    public required DisplayWindow Window { get; init; }

    /// <summary>Side by side, from left to right; at least one.</summary>
    public required IReadOnlyList<OverlayPanel> Panels { get; init; }

    /// <summary>Masks on the grid of <see cref="Image"/> whose outlines are drawn.</summary>
    public IReadOnlyList<OverlayOutline> Outlines { get; init; } = [];

    /// <summary>A map on any grid in the same frame of reference; it is shown, with a colour bar, in panels that ask for it.</summary>
    public OverlayHeat? Heat { get; init; }

    /// <summary>The first line above the panels. No patient identity: it becomes pixels.</summary>
    public string Title { get; init; } = "";

    /// <summary>Smaller lines below the title.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What a viewer must not miss, such as "AI, research use, not verified", below the panels.</summary>
    public string Banner { get; init; } = "";

    /// <summary>Side of a panel, pixels.</summary>
    public int PanelSize { get; init; } = 512;
}

/// <summary>A square view of the slice.</summary>
public sealed record OverlayPanel
{
    /// <summary>The middle of the view, LPS, mm; it is projected onto the slice. Null is the middle of the slice.</summary>
    public PatientPoint? Center { get; init; }

    /// <summary>Side of the view, mm. Null shows the whole slice.</summary>
    public double? FieldOfView { get; init; }

    /// <summary>Whether the outlines are drawn.</summary>
    public bool ShowOutlines { get; init; } = true;

    /// <summary>Whether the map is laid over the image.</summary>
    public bool ShowHeat { get; init; }

    /// <summary>A square of the size of another panel's view drawn here, to show where that view lies: its index.</summary>
    public int? FrameOfPanel { get; init; }

    /// <summary>A line in the upper left corner of the panel.</summary>
    public string Caption { get; init; } = "";
}

/// <summary>The outline of a mask on the scene's slice.</summary>
/// <param name="Mask">On the grid of the scene's image.</param>
/// <param name="Color">Of the line.</param>
public sealed record OverlayOutline(Volume<byte> Mask, RgbColor Color);

/// <summary>A map of values laid over the image, more opaque where the value is higher.</summary>
public sealed record OverlayHeat
{
    /// <summary>The map; positions outside its grid are transparent.</summary>
    public required Volume<float> Map { get; init; }

    /// <summary>The value shown transparent, at the lower end of the colour bar.</summary>
    public required double Low { get; init; }

    /// <summary>The value shown most opaque, at the upper end.</summary>
    public required double High { get; init; }

    /// <summary>What the values are, beside the colour bar.</summary>
    public required string Title { get; init; }

    /// <summary>Opacity of the highest values, 0 to 1.</summary>
    public double Opacity { get; init; } = 0.65;

    /// <summary>How the ends of the colour bar are written; null writes the values.</summary>
    public string? LowLabel { get; init; }

    /// <summary>How the upper end is written; null writes the value.</summary>
    public string? HighLabel { get; init; }
}
