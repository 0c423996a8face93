using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>
/// C-GET-RQ (PS3.7 9.3.3.1): has the peer send instances by C-STORE over this very association. The client takes them in its
/// <c>OnCStoreRequest</c> and proposes their SOP classes in the SCP role, with
/// <see cref="DicomPresentationContext.GetScpRolePresentationContext"/>.
/// </summary>
public sealed class DicomCGetRequest : DicomPriorityRequest
{
    /// <summary>A received request.</summary>
    public DicomCGetRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>Gets a study.</summary>
    public DicomCGetRequest(string studyInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : this(QueryRetrieveIdentifier.Create(studyInstanceUid, null, null), priority)
    {
    }

    /// <summary>Gets a series.</summary>
    public DicomCGetRequest(string studyInstanceUid, string seriesInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : this(QueryRetrieveIdentifier.Create(studyInstanceUid, seriesInstanceUid, null), priority)
    {
    }

    /// <summary>Gets an instance.</summary>
    public DicomCGetRequest(
        string studyInstanceUid, string seriesInstanceUid, string sopInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : this(QueryRetrieveIdentifier.Create(studyInstanceUid, seriesInstanceUid, sopInstanceUid), priority)
    {
    }

    private DicomCGetRequest(DicomDataset identifier, DicomPriority priority)
        : base(DicomCommandField.CGetRequest, DicomUID.StudyRootQueryRetrieveInformationModelGet, priority)
    {
        Dataset = identifier;
    }

    /// <summary>Takes a response to a C-GET.</summary>
    public delegate void ResponseDelegate(DicomCGetRequest request, DicomCGetResponse response);

    /// <summary>Called with every response: pending ones with counts, then the last one.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Query/Retrieve Level (0008,0052) of the identifier.</summary>
    public DicomQueryRetrieveLevel Level => QueryRetrieveIdentifier.LevelOf(Dataset);

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomCGetResponse)response);
}
