namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>Which roles the requestor takes for an SOP class, or which of them the acceptor grants (PS3.7 D.3.3.4).</summary>
internal sealed record RoleSelection(string SopClassUid, bool Scu, bool Scp)
{
    public static RoleSelection Read(PduFieldReader item) =>
        new(item.ReadCountedText(), item.ReadByte() == 1, item.ReadByte() == 1);

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.ScpScuRoleSelection);
        writer.WriteCountedText(SopClassUid);
        writer.WriteByte(Scu ? (byte)1 : (byte)0);
        writer.WriteByte(Scp ? (byte)1 : (byte)0);
        writer.EndItem(item);
    }
}
