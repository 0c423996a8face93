namespace DicomRn.Dicom.Network;

/// <summary>N-GET-RSP (PS3.7 10.3.2).</summary>
public sealed class DicomNGetResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomNGetResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomNGetResponse(DicomNGetRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? SOPInstanceUID => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);
}
