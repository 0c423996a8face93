namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>A-RELEASE-RQ: asks for an orderly end of the association (PS3.8 9.3.6).</summary>
internal static class AReleaseRq
{
    public static void Write(PduWriter writer) => writer.WriteZeros(4);
}
