namespace DicomRn.Dicom.Network;

/// <summary>N-CREATE-RSP (PS3.7 10.3.5).</summary>
public sealed class DicomNCreateResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomNCreateResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomNCreateResponse(DicomNCreateRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? SOPInstanceUID => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);
}
