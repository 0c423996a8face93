namespace DicomRn.Dicom.Network.Dimse;

/// <summary>A response to an operation that has no type of its own here.</summary>
internal sealed class UnsupportedResponse : DicomResponse
{
    public UnsupportedResponse(DicomDataset command)
        : base(command)
    {
    }

    public UnsupportedResponse(DicomRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}
