namespace DicomRn.Dicom.Network;

/// <summary>N-ACTION-RSP (PS3.7 10.3.4).</summary>
public sealed class DicomNActionResponse : DicomResponse
{
    /// <summary>A received response.</summary>
    public DicomNActionResponse(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The response to a request.</summary>
    public DicomNActionResponse(DicomNActionRequest request, DicomStatus status)
        : base(request, status)
    {
        CopySopInstance(request);
        ActionTypeID = request.ActionTypeID;
    }

    /// <summary>Affected SOP Instance UID (0000,1000); null where the peer left it out.</summary>
    public DicomUID? SOPInstanceUID => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPInstanceUID, null);

    /// <summary>Action Type ID (0000,1008); 0 where the peer left it out.</summary>
    public ushort ActionTypeID
    {
        get => Command.GetSingleValueOrDefault(DicomTag.ActionTypeID, (ushort)0);
        private set => Command.AddOrUpdate(DicomTag.ActionTypeID, value);
    }
}
