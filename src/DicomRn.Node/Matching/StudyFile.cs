namespace DicomRn.Node.Matching;

/// <summary>One readable instance of a study.</summary>
/// <param name="Path">Absolute path of the Part-10 file.</param>
/// <param name="Dataset">Its data set; large values stay in the file until they are asked for.</param>
internal sealed record StudyFile(string Path, DicomDataset Dataset)
{
    /// <summary>SOP Class UID.</summary>
    public string SopClassUid => Dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "");

    /// <summary>SOP Instance UID.</summary>
    public string SopInstanceUid => Dataset.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "");

    /// <summary>Study Instance UID.</summary>
    public string StudyInstanceUid => Dataset.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, "");

    /// <summary>Series Instance UID.</summary>
    public string SeriesInstanceUid => Dataset.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, "");

    /// <summary>Modality.</summary>
    public string Modality => Dataset.GetSingleValueOrDefault(DicomTag.Modality, "");
}
