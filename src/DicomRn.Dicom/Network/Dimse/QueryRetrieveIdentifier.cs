namespace DicomRn.Dicom.Network.Dimse;

/// <summary>The identifier, which is the data set, of C-FIND, C-GET and C-MOVE requests (PS3.4 C.2.2.1).</summary>
internal static class QueryRetrieveIdentifier
{
    /// <summary>An identifier with its level alone. Keys may hold wildcards and lists, so they are not validated.</summary>
    public static DicomDataset Create(DicomQueryRetrieveLevel level)
    {
        DicomDataset identifier = new DicomDataset().NotValidated();
        if (level != DicomQueryRetrieveLevel.NotApplicable)
            identifier.Add(DicomTag.QueryRetrieveLevel, level.ToString().ToUpperInvariant());
        return identifier;
    }

    /// <summary>The unique keys of one study, series or instance; several UIDs in one text are separated by backslashes.</summary>
    public static DicomDataset Create(string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid)
    {
        DicomQueryRetrieveLevel level = sopInstanceUid is not null ? DicomQueryRetrieveLevel.Image
            : seriesInstanceUid is not null ? DicomQueryRetrieveLevel.Series
            : DicomQueryRetrieveLevel.Study;
        DicomDataset identifier = Create(level);
        identifier.Add(DicomTag.StudyInstanceUID, studyInstanceUid);
        if (seriesInstanceUid is not null)
            identifier.Add(DicomTag.SeriesInstanceUID, seriesInstanceUid);
        if (sopInstanceUid is not null)
            identifier.Add(DicomTag.SOPInstanceUID, sopInstanceUid);
        return identifier;
    }

    /// <summary>The level an identifier names; not applicable where it names none or an unknown one.</summary>
    public static DicomQueryRetrieveLevel LevelOf(DicomDataset? identifier) =>
        identifier?.GetSingleValueOrDefault(DicomTag.QueryRetrieveLevel, "").Trim().ToUpperInvariant() switch
        {
            "PATIENT" => DicomQueryRetrieveLevel.Patient,
            "STUDY" => DicomQueryRetrieveLevel.Study,
            "SERIES" => DicomQueryRetrieveLevel.Series,
            "IMAGE" => DicomQueryRetrieveLevel.Image,
            _ => DicomQueryRetrieveLevel.NotApplicable,
        };
}
