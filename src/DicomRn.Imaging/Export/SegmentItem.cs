namespace DicomRn.Imaging.Export;

/// <summary>An item of Segment Sequence (PS3.3 C.8.20.4).</summary>
internal static class SegmentItem
{
    public static DicomDataset Of(SegmentDefinition segment, int index)
    {
        DicomDataset item = new();
        if (segment.AnatomicRegion is { } region)
            item.AddCode(DicomTag.AnatomicRegionSequence, region);
        item.AddCode(DicomTag.SegmentedPropertyCategoryCodeSequence, segment.Category);
        item.AddOrUpdate(DicomTag.SegmentNumber, (ushort)(index + 1));
        item.AddOrUpdate(DicomTag.SegmentLabel, segment.Label);
        item.AddUnlessEmpty(DicomTag.SegmentDescription, segment.Description);
        item.AddOrUpdate(DicomTag.SegmentAlgorithmType, segment.AlgorithmType switch
        {
            SegmentAlgorithmType.Manual => "MANUAL",
            SegmentAlgorithmType.Semiautomatic => "SEMIAUTOMATIC",
            _ => "AUTOMATIC",
        });
        if (segment.AlgorithmType != SegmentAlgorithmType.Manual)
            item.AddOrUpdate(DicomTag.SegmentAlgorithmName, segment.AlgorithmName.Length > 0 ? segment.AlgorithmName : "unnamed");
        item.AddOrUpdate(DicomTag.RecommendedDisplayCIELabValue, CieLab.Of(segment.Color));
        item.AddCode(DicomTag.SegmentedPropertyTypeCodeSequence, segment.Type);
        item.AddOrUpdate(DicomTag.TrackingID, segment.TrackingId);
        item.AddOrUpdate(DicomTag.TrackingUID, segment.TrackingUid);
        return item;
    }
}
