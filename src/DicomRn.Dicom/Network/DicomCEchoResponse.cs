namespace DicomRn.Dicom.Network;

/// <summary>C-ECHO-RSP (PS3.7 9.3.5.2).</summary>
public sealed class DicomCEchoResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomCEchoResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomCEchoResponse(DicomCEchoRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}
