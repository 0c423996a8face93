namespace DicomRn.Dicom.Network.Dimse;

/// <summary>A request of an operation this side does not perform; it is answered with 0211.</summary>
internal sealed class UnsupportedRequest(DicomDataset command) : DicomRequest(command)
{
    protected internal override void PostResponse(DicomService service, DicomResponse response)
    {
    }
}
