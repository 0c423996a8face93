namespace DicomRn.Imaging.Contours;

/// <summary>A region of interest of an RT Structure Set: its items of the structure set, observation and contour sequences together.</summary>
public sealed record RtRoi
{
    /// <summary>ROI Number (3006,0022), which joins the three sequences.</summary>
    public required int Number { get; init; }

    /// <summary>ROI Name (3006,0026); empty where the file has none.</summary>
    public required string Name { get; init; }

    /// <summary>RT ROI Interpreted Type (3006,00A4), such as GTV or ORGAN; empty where the file has none, as is common.</summary>
    public string InterpretedType { get; init; } = "";

    /// <summary>Referenced Frame of Reference UID (3006,0024) of the points; empty where the file has none.</summary>
    public string FrameOfReferenceUid { get; init; } = "";

    /// <summary>ROI Description (3006,0028); empty where the file has none.</summary>
    public string Description { get; init; } = "";

    /// <summary>ROI Display Color (3006,002A); null where the file has none.</summary>
    public RgbColor? Color { get; init; }

    /// <summary>In the order of the file; empty for a ROI that was named but not drawn.</summary>
    public IReadOnlyList<RtContour> Contours { get; init; } = [];

    /// <summary>Contours of the file whose data is absent or no list of x, y, z; they are not among <see cref="Contours"/>.</summary>
    public int UnreadableContours { get; init; }
}
