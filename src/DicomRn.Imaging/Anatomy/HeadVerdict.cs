namespace DicomRn.Imaging.Anatomy;

/// <summary>What an image shows.</summary>
public enum HeadVerdict
{
    /// <summary>A head: of its size, with a dark shell (skull, liquor) below the skin.</summary>
    Head,

    /// <summary>Something else: too small or large, or muscle and fat up to the skin.</summary>
    Other,

    /// <summary>Neither can be told: the body is cut by the borders of the image, or the shell shows only in part.</summary>
    Unclear,
}
