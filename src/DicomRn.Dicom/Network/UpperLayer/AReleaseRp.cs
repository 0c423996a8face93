namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-RELEASE-RP: agrees to the end of the association (PS3.8 9.3.7).</summary>
internal static class AReleaseRp
{
    public static void Write(PduWriter writer) => writer.WriteZeros(4);
}
