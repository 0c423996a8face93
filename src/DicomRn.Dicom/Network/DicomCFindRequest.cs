using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>C-FIND-RQ (PS3.7 9.3.2.1): asks for what matches the identifier in <see cref="DicomMessage.Dataset"/>.</summary>
public sealed class DicomCFindRequest : DicomPriorityRequest
{
    /// <summary>A received request.</summary>
    public DicomCFindRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>A query at a level: of the patient root for patients, of the study root below, of the worklist without a level.</summary>
    public DicomCFindRequest(DicomQueryRetrieveLevel level, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CFindRequest, ModelOf(level), priority)
    {
        Dataset = QueryRetrieveIdentifier.Create(level);
    }

    /// <summary>A query of an information model without a level.</summary>
    /// <exception cref="DicomNetworkException">The UID is a registered one and no SOP class.</exception>
    public DicomCFindRequest(DicomUID affectedSopClassUid, DicomPriority priority = DicomPriority.Medium)
        : this(affectedSopClassUid, DicomQueryRetrieveLevel.NotApplicable, priority)
    {
    }

    /// <summary>A query of an information model at a level.</summary>
    /// <exception cref="DicomNetworkException">The UID is a registered one and no SOP class.</exception>
    public DicomCFindRequest(DicomUID affectedSopClassUid, DicomQueryRetrieveLevel level, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CFindRequest, affectedSopClassUid, priority)
    {
        if (affectedSopClassUid.Type is not (DicomUidType.SOPClass or DicomUidType.Unknown))
            throw new DicomNetworkException($"{affectedSopClassUid.Name} is no SOP class that can be queried.");
        Dataset = QueryRetrieveIdentifier.Create(level);
    }

    /// <summary>Takes a response to a C-FIND.</summary>
    public delegate void ResponseDelegate(DicomCFindRequest request, DicomCFindResponse response);

    /// <summary>Called with every response: pending ones with a match in their data set, then the last one without.</summary>
    public ResponseDelegate? OnResponseReceived { get; set; }

    /// <summary>Query/Retrieve Level (0008,0052) of the identifier.</summary>
    public DicomQueryRetrieveLevel Level => QueryRetrieveIdentifier.LevelOf(Dataset);

    /// <summary>A query for patients; what is null matches all and is returned.</summary>
    public static DicomCFindRequest CreatePatientQuery(string? patientId = null, string? patientName = null) =>
        Query(DicomQueryRetrieveLevel.Patient, PatientKeys(patientId, patientName));

    /// <summary>A query for studies; what is null matches all and is returned.</summary>
    public static DicomCFindRequest CreateStudyQuery(
        string? patientId = null,
        string? patientName = null,
        DicomDateRange? studyDateTime = null,
        string? accession = null,
        string? studyId = null,
        string? modalitiesInStudy = null,
        string? studyInstanceUid = null) =>
        Query(
            DicomQueryRetrieveLevel.Study,
            [
                .. PatientKeys(patientId, patientName),
                (DicomTag.StudyInstanceUID, studyInstanceUid),
                (DicomTag.ModalitiesInStudy, modalitiesInStudy),
                (DicomTag.StudyID, studyId),
                (DicomTag.AccessionNumber, accession),
                (DicomTag.StudyDate, studyDateTime?.ToString("yyyyMMdd")),
                (DicomTag.StudyTime, studyDateTime?.ToString("HHmmss")),
                (DicomTag.StudyDescription, null),
                (DicomTag.NumberOfStudyRelatedSeries, null),
                (DicomTag.NumberOfStudyRelatedInstances, null),
            ]);

    /// <summary>A query for the series of a study.</summary>
    public static DicomCFindRequest CreateSeriesQuery(string studyInstanceUid, string? modality = null) =>
        Query(
            DicomQueryRetrieveLevel.Series,
            [
                (DicomTag.StudyInstanceUID, studyInstanceUid),
                (DicomTag.SeriesInstanceUID, null),
                (DicomTag.SeriesNumber, null),
                (DicomTag.SeriesDescription, null),
                (DicomTag.Modality, modality),
                (DicomTag.SeriesDate, null),
                (DicomTag.SeriesTime, null),
                (DicomTag.NumberOfSeriesRelatedInstances, null),
            ]);

    /// <summary>A query for the instances of a series.</summary>
    public static DicomCFindRequest CreateImageQuery(string studyInstanceUid, string seriesInstanceUid, string? modality = null) =>
        Query(
            DicomQueryRetrieveLevel.Image,
            [
                (DicomTag.StudyInstanceUID, studyInstanceUid),
                (DicomTag.SeriesInstanceUID, seriesInstanceUid),
                (DicomTag.SOPInstanceUID, null),
                (DicomTag.InstanceNumber, null),
                (DicomTag.Modality, modality),
            ]);

    /// <inheritdoc/>
    protected internal override void PostResponse(DicomService service, DicomResponse response) =>
        OnResponseReceived?.Invoke(this, (DicomCFindResponse)response);

    private static (DicomTag Tag, string? Value)[] PatientKeys(string? patientId, string? patientName) =>
    [
        (DicomTag.PatientID, patientId),
        (DicomTag.PatientName, patientName),
        (DicomTag.IssuerOfPatientID, null),
        (DicomTag.PatientSex, null),
        (DicomTag.PatientBirthDate, null),
    ];

    private static DicomCFindRequest Query(DicomQueryRetrieveLevel level, (DicomTag Tag, string? Value)[] keys)
    {
        DicomCFindRequest request = new(level);
        foreach ((DicomTag tag, string? value) in keys)
            request.Dataset!.Add(tag, value ?? "");
        return request;
    }

    private static DicomUID ModelOf(DicomQueryRetrieveLevel level) => level switch
    {
        DicomQueryRetrieveLevel.Patient => DicomUID.PatientRootQueryRetrieveInformationModelFind,
        DicomQueryRetrieveLevel.NotApplicable => DicomUID.ModalityWorklistInformationModelFind,
        _ => DicomUID.StudyRootQueryRetrieveInformationModelFind,
    };
}
