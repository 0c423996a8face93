namespace DicomRn.Dicom.Network;

/// <summary>C-ECHO-RQ (PS3.7 9.3.5.1): asks whether the peer speaks DICOM.</summary>
public sealed class DicomCEchoRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public DicomCEchoRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A request to send.</summary>
    public DicomCEchoRequest()
        : base(DicomCommandField.CEchoRequest, DicomUID.Verification)
    {
    }

    /// <summary>Takes the response to a C-ECHO.</summary>
    public delegate void ResponseDelegate(DicomCEchoRequest request, DicomCEchoResponse response);

    /// <summary>Called with the response.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomCEchoResponse)response);
}
