namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>An image, a frame of it or a segment of it, as SR content items refer to it (PS3.3 C.18.4).</summary>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="Frame">Frame number from 1; null for all, and for single-frame images.</param>
/// <param name="Segment">Segment number from 1; null unless a segment is meant.</param>
internal sealed record ImageReference(string SopClassUid, string SopInstanceUid, int? Frame = null, int? Segment = null)
{
    /// <summary>The item of a Referenced SOP Sequence.</summary>
    public DicomDataset ToItem()
    {
        DicomDataset item = new()
        {
            { DicomTag.ReferencedSOPClassUID, SopClassUid },
            { DicomTag.ReferencedSOPInstanceUID, SopInstanceUid },
        };
        if (Frame is { } frame)
            item.Add(DicomTag.ReferencedFrameNumber, frame);
        if (Segment is { } segment)
            item.Add(DicomTag.ReferencedSegmentNumber, (ushort)segment);
        return item;
    }
}
