namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-ASSOCIATE-RJ: the association is refused (PS3.8 9.3.4).</summary>
internal readonly record struct AAssociateRj(byte Result, byte Source, byte Reason)
{
    public static AAssociateRj Read(ReadOnlySpan<byte> body)
    {
        PduFieldReader reader = new(body);
        reader.Skip(1);
        return new AAssociateRj(reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
    }

    public void Write(PduWriter writer)
    {
        writer.WriteByte(0);
        writer.WriteByte(Result);
        writer.WriteByte(Source);
        writer.WriteByte(Reason);
    }
}
