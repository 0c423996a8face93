namespace DicomRn.Imaging.Segmentation;

/// <summary>An item of Segment Sequence (0062,0002); texts are empty where the file has none.</summary>
public sealed record SegmentDescription
{
    /// <summary>Segment Number.</summary>
    public required int Number { get; init; }

    /// <summary>Segment Label.</summary>
    public string Label { get; init; } = "";

    /// <summary>Segment Description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Tracking ID (0062,0020).</summary>
    public string TrackingId { get; init; } = "";

    /// <summary>Tracking UID (0062,0021).</summary>
    public string TrackingUid { get; init; } = "";

    /// <summary>Segment Algorithm Type: MANUAL, SEMIAUTOMATIC, AUTOMATIC.</summary>
    public string AlgorithmType { get; init; } = "";

    /// <summary>Segment Algorithm Name.</summary>
    public string AlgorithmName { get; init; } = "";

    /// <summary>Segmented Property Category.</summary>
    public CodedTerm? Category { get; init; }

    /// <summary>Segmented Property Type.</summary>
    public CodedTerm? Type { get; init; }

    internal static SegmentDescription? From(DicomDataset item) => item.Integer(DicomTag.SegmentNumber) is { } number
        ? new SegmentDescription
        {
            Number = number,
            Label = item.Text(DicomTag.SegmentLabel),
            Description = item.Text(DicomTag.SegmentDescription),
            TrackingId = item.Text(DicomTag.TrackingID),
            TrackingUid = item.Text(DicomTag.TrackingUID),
            AlgorithmType = item.Text(DicomTag.SegmentAlgorithmType),
            AlgorithmName = item.Text(DicomTag.SegmentAlgorithmName),
            Category = item.Code(DicomTag.SegmentedPropertyCategoryCodeSequence),
            Type = item.Code(DicomTag.SegmentedPropertyTypeCodeSequence),
        }
        : null;
}
