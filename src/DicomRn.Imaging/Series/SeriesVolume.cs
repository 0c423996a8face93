using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Series;

/// <summary>A series of images as one volume in patient space.</summary>
public sealed record SeriesVolume
{
    /// <summary>Values after Rescale Slope and Intercept, on a grid in LPS, mm, with K along the slice normal I × J.</summary>
    public required Volume<float> Volume { get; init; }

    /// <summary>Identifiers and the instance of every slice.</summary>
    public required ImageSeries Series { get; init; }

    /// <summary>Modality (0008,0060), such as MR or CT.</summary>
    public required string Modality { get; init; }

    /// <summary>How images of the series lost information to compression; null where none did.</summary>
    public LossyCompression? Lossy { get; init; }

    /// <summary>What was left out of the series and why, as sentences: copies of images, phase images, other stacks. Usually nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The data set of the first slice's instance: patient, study, equipment and acquisition attributes of the series.
    /// </summary>
    public required DicomDataset FirstDataset { get; init; }
}
