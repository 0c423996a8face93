namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>How many operations may be outstanding each way, 0 for no limit (PS3.7 D.3.3.3).</summary>
internal sealed record AsynchronousOperationsWindow(ushort MaximumInvoked, ushort MaximumPerformed)
{
    public static AsynchronousOperationsWindow Read(PduFieldReader item) => new(item.ReadUInt16(), item.ReadUInt16());

    public void Write(PduWriter writer)
    {
        int item = writer.BeginItem(ItemType.AsynchronousOperationsWindow);
        writer.WriteUInt16(MaximumInvoked);
        writer.WriteUInt16(MaximumPerformed);
        writer.EndItem(item);
    }
}
