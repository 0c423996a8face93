namespace DicomRn.Dicom.Network;

/// <summary>An SCP of the Verification service class (PS3.4 A).</summary>
public interface IDicomCEchoProvider
{
    /// <summary>Answers a C-ECHO.</summary>
    Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request);
}
