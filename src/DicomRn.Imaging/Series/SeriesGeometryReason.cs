namespace DicomRn.Imaging.Series;

/// <summary>Why a set of images is no volume.</summary>
public enum SeriesGeometryReason
{
    /// <summary>There is no image among the data sets.</summary>
    NoImages,

    /// <summary>Fewer slices than <see cref="SeriesGeometry.MinimumSlices"/>.</summary>
    TooFewSlices,

    /// <summary>Position, orientation, pixel spacing or size is missing or no number.</summary>
    MissingAttributes,

    /// <summary>The images are of several series, studies or frames of reference.</summary>
    SeveralSeries,

    /// <summary>Rows, columns or pixel spacing differ.</summary>
    MixedSize,

    /// <summary>Image orientations differ.</summary>
    MixedOrientation,

    /// <summary>Row and column directions are no unit vectors at right angles.</summary>
    InvalidOrientation,

    /// <summary>Several slices lie at one position: echoes, phases, b-values, or the same image twice.</summary>
    DuplicatePositions,

    /// <summary>The distances between slices differ: a slice is missing.</summary>
    UnevenSpacing,

    /// <summary>The slices are shifted against each other in their own plane.</summary>
    GantryTilt,

    /// <summary>The images form several volumes, such as temporal positions or echoes, and nothing tells which one is meant.</summary>
    SeveralVolumes,

    /// <summary>The stack that was asked for is not in the series.</summary>
    NoSuchStack,

    /// <summary>The pixels are not of a kind that can be read: colour, compressed so that they cannot be decoded, missing, cut short.</summary>
    UnreadablePixels,
}
