namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The SOP class extended negotiation sub-item (PS3.7 D.3.3.5).</summary>
internal sealed record SopClassExtendedNegotiation(string SopClassUid, byte[] ApplicationInfo)
{
    /// <exception cref="PduException">There is more application information than any service class has.</exception>
    public static SopClassExtendedNegotiation Read(PduFieldReader item)
    {
        string sopClassUid = item.ReadCountedText();
        return item.Remaining <= byte.MaxValue
            ? new SopClassExtendedNegotiation(sopClassUid, item.ReadRest().ToArray())
            : throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"{item.Remaining} bytes of service class application information where 255 are allowed");
    }

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.SopClassExtendedNegotiation);
        writer.WriteCountedText(SopClassUid);
        writer.WriteBytes(ApplicationInfo);
        writer.EndItem(item);
    }
}
