namespace DicomRn.Dicom.Network;

/// <summary>N-SET-RSP (PS3.7 10.3.3).</summary>
public sealed class DicomNSetResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomNSetResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomNSetResponse(DicomNSetRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? SOPInstanceUID => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);
}
