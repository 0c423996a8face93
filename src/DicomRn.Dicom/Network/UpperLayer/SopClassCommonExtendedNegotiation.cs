namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The SOP class common extended negotiation sub-item, of A-ASSOCIATE-RQ only (PS3.7 D.3.3.6).</summary>
internal sealed record SopClassCommonExtendedNegotiation(
    string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedGeneralSopClassUids)
{
    public static SopClassCommonExtendedNegotiation Read(PduFieldReader item)
    {
        string sopClassUid = item.ReadCountedText();
        string serviceClassUid = item.ReadCountedText();
        List<string> related = [];
        // What follows the list is reserved.
        PduFieldReader list = item.AtEnd ? item : item.ReadCounted();
        while (!list.AtEnd)
            related.Add(list.ReadCountedText());
        return new SopClassCommonExtendedNegotiation(sopClassUid, serviceClassUid, related);
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.SopClassCommonExtendedNegotiation);
        writer.WriteCountedText(SopClassUid);
        writer.WriteCountedText(ServiceClassUid);
        writer.WriteUInt16((ushort)RelatedGeneralSopClassUids.Sum(uid => 2 + uid.Length));
        foreach (string uid in RelatedGeneralSopClassUids)
            writer.WriteCountedText(uid);
        writer.EndItem(item);
    }
}
