using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>
/// C-MOVE-RQ (PS3.7 9.3.4.1): has the peer send instances to an application entity that it knows, over an association of its own.
/// </summary>
public sealed class DicomCMoveRequest : DicomPriorityRequest
{
    /// <summary>A received request.</summary>
    public DicomCMoveRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>Moves a study.</summary>
    public DicomCMoveRequest(string destinationAe, string studyInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : this(destinationAe, QueryRetrieveIdentifier.Create(studyInstanceUid, null, null), priority)
    {
    }

    /// <summary>Moves a series.</summary>
    public DicomCMoveRequest(
        string destinationAe, string studyInstanceUid, string seriesInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : this(destinationAe, QueryRetrieveIdentifier.Create(studyInstanceUid, seriesInstanceUid, null), priority)
    {
    }

    /// <summary>Moves an instance.</summary>
    public DicomCMoveRequest(
        string destinationAe,
        string studyInstanceUid,
        string seriesInstanceUid,
        string sopInstanceUid,
        DicomPriority priority = DicomPriority.Medium)
        : this(destinationAe, QueryRetrieveIdentifier.Create(studyInstanceUid, seriesInstanceUid, sopInstanceUid), priority)
    {
    }

    private DicomCMoveRequest(string destinationAe, DicomDataset identifier, DicomPriority priority)
        : base(DicomCommandField.CMoveRequest, DicomUID.StudyRootQueryRetrieveInformationModelMove, priority)
    {
        DestinationAE = destinationAe;
        Dataset = identifier;
    }

    /// <summary>Takes a response to a C-MOVE.</summary>
    public delegate void ResponseDelegate(DicomCMoveRequest request, DicomCMoveResponse response);

    /// <summary>Called with every response: pending ones with counts, then the last one.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Query/Retrieve Level (0008,0052) of the identifier.</summary>
    public DicomQueryRetrieveLevel Level => QueryRetrieveIdentifier.LevelOf(Dataset);

    /// <summary>Move Destination (0000,0600): the AE title the instances go to.</summary>
    public string DestinationAE
    {
        get => Command.GetSingleValueOrDefault(DicomTag.MoveDestination, "");
        private set => Command.AddOrUpdate(DicomTag.MoveDestination, value);
    }

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomCMoveResponse)response);
}
