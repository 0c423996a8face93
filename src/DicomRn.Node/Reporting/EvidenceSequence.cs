namespace DicomRn.Node.Reporting;

/// <summary>Instances by study and series, as the evidence sequences of SR documents list them (PS3.3 C.17.2.1).</summary>
internal static class EvidenceSequence
{
    /// <summary>The sequence under <paramref name="tag"/>; every instance once.</summary>
    public static DicomSequence Of(DicomTag tag, IEnumerable<InstanceReference> instances) => new(
        tag,
        [.. instances.DistinctBy(i => i.SopInstanceUid).GroupBy(i => i.StudyInstanceUid).Select(study => new DicomDataset
        {
            { DicomTag.StudyInstanceUID, study.Key },
            new DicomSequence(
                DicomTag.ReferencedSeriesSequence,
                [.. study.GroupBy(i => i.SeriesInstanceUid).Select(series => new DicomDataset
                {
                    { DicomTag.SeriesInstanceUID, series.Key },
                    new DicomSequence(DicomTag.ReferencedSOPSequence, [.. series.Select(Item)]),
                })]),
        })]);

    private static DicomDataset Item(InstanceReference instance) => new()
    {
        { DicomTag.ReferencedSOPClassUID, instance.SopClassUid },
        { DicomTag.ReferencedSOPInstanceUID, instance.SopInstanceUid },
    };
}
