namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-ABORT: ends the association at once (PS3.8 9.3.8). The reason counts only where the source is the provider.</summary>
internal readonly record struct AAbort(DicomAbortSource Source, DicomAbortReason Reason)
{
    public static AAbort Read(ReadOnlySpan<byte> body)
    {
        PduFieldReader reader = new(body);
        reader.Skip(2);
        return new AAbort((DicomAbortSource)reader.ReadByte(), (DicomAbortReason)reader.ReadByte());
    }

    public void Write(PduWriter writer)
    {
        writer.WriteZeros(2);
        writer.WriteByte((byte)Source);
        writer.WriteByte(Source == DicomAbortSource.ServiceProvider ? (byte)Reason : (byte)0);
    }
}
