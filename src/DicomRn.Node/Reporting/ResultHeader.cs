using System.Globalization;

namespace DicomRn.Node.Reporting;

/// <summary>
/// The modules that every result object has in common: patient and study as in the images it was made from, the
/// series, equipment and SOP common modules of its own (PS3.3 C.7.1 to C.7.5, C.12.1). Texts are sent as ISO_IR 192,
/// because names of the source may need it.
/// </summary>
/// <param name="source">An image of the study.</param>
/// <param name="at">When the results are written, local time with its offset.</param>
internal sealed class ResultHeader(DicomDataset source, DateTimeOffset at)
{
    private static readonly DicomTag[] Required =
    [
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex,
        DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.ReferringPhysicianName, DicomTag.StudyID,
        DicomTag.AccessionNumber,
    ];

    private static readonly DicomTag[] WhereKnown =
    [
        DicomTag.IssuerOfPatientID, DicomTag.PatientAge, DicomTag.StudyDescription, DicomTag.PatientIdentityRemoved,
        DicomTag.DeidentificationMethod,
    ];

    /// <summary>When the results are written.</summary>
    public DateTimeOffset At => at;

    /// <summary>Date as DA.</summary>
    public string Date => at.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Time as TM.</summary>
    public string Time => at.ToString("HHmmss", CultureInfo.InvariantCulture);

    /// <summary>A data set with the common modules.</summary>
    /// <param name="sopClass">SOP class of the result.</param>
    /// <param name="sopInstanceUid">Its SOP Instance UID.</param>
    /// <param name="seriesInstanceUid">Its Series Instance UID.</param>
    /// <param name="modality">Modality.</param>
    /// <param name="seriesNumber">Series Number.</param>
    /// <param name="seriesDescription">Series Description; cut to the 64 characters of its VR.</param>
    public DicomDataset Begin(
        DicomUID sopClass, string sopInstanceUid, string seriesInstanceUid, string modality, int seriesNumber, string seriesDescription)
    {
        DicomDataset target = new()
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.SOPClassUID, sopClass.UID },
            { DicomTag.SOPInstanceUID, sopInstanceUid },
            { DicomTag.SeriesInstanceUID, seriesInstanceUid },
            { DicomTag.Modality, modality },
            { DicomTag.SeriesNumber, seriesNumber },
            { DicomTag.SeriesDescription, Cut(seriesDescription) },
        };
        Complete(target);
        return target;
    }

    /// <summary>Writes the common modules other than SOP class, UIDs and series description into an object.</summary>
    public void Complete(DicomDataset target)
    {
        target.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        foreach (DicomTag tag in Required)
            Copy(tag, target, evenEmpty: true);
        foreach (DicomTag tag in WhereKnown)
            Copy(tag, target, evenEmpty: false);
        target.AddOrUpdate(DicomTag.InstanceCreationDate, Date);
        target.AddOrUpdate(DicomTag.InstanceCreationTime, Time);
        target.AddOrUpdate(DicomTag.InstanceNumber, target.GetSingleValueOrDefault(DicomTag.InstanceNumber, 1));
        target.AddOrUpdate(DicomTag.ContentDate, Date);
        target.AddOrUpdate(DicomTag.ContentTime, Time);
        target.AddOrUpdate(DicomTag.SeriesDate, Date);
        target.AddOrUpdate(DicomTag.SeriesTime, Time);
        target.AddOrUpdate(DicomTag.TimezoneOffsetFromUTC, at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        ProcessingDevice.WriteEquipment(target);
        ProcessingDevice.WriteContribution(target, at, "Differentiation of radiation necrosis from tumour progression, research use");
        CodingSchemes.Write(target);
    }

    // Copied as they stand, even where the VR does not allow the value: a result filed under a corrected ID would not find its
    // patient. Decoded and encoded again, because the source may be in another character set.
    private void Copy(DicomTag tag, DicomDataset target, bool evenEmpty)
    {
        target.NotValidated();
        if (source.TryGetValues(tag, out string[]? values))
            target.AddOrUpdate(tag, values);
        else if (evenEmpty)
            target.AddOrUpdate(tag, "");
        target.Validated();
    }

    private static string Cut(string text) => text.Length <= 64 ? text : text[..64];
}
