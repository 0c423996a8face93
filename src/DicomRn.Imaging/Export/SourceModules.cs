namespace DicomRn.Imaging.Export;

/// <summary>Patient and study attributes of a source image in an object derived from it, as they are, in UTF-8.</summary>
internal static class SourceModules
{
    private static readonly DicomTag[] Required =
    [
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex,
        DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.ReferringPhysicianName,
        DicomTag.StudyID, DicomTag.AccessionNumber,
    ];

    private static readonly DicomTag[] Optional =
    [
        DicomTag.IssuerOfPatientID, DicomTag.TypeOfPatientID, DicomTag.QualityControlSubject, DicomTag.PatientIdentityRemoved,
        DicomTag.DeidentificationMethod, DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight, DicomTag.StudyDescription,
    ];

    /// <summary>Copies both modules; what the standard asks for and the source does not have becomes empty.</summary>
    public static void Copy(DicomDataset source, DicomDataset target)
    {
        Copy(source, target, Required);
        foreach (DicomTag tag in Required.Where(t => !target.Contains(t)))
            target.AddOrUpdate(tag, "");
        Copy(source, target, Optional);
    }

    // Not validated: a result filed under a corrected patient ID would not find its patient.
    public static void Copy(DicomDataset source, DicomDataset target, params DicomTag[] tags)
    {
        target.NotValidated();
        foreach (DicomTag tag in tags)
        {
            // The values are decoded and encoded again: the source may be in another character set.
            if (source.TryGetValues(tag, out string[]? values))
                target.AddOrUpdate(tag, values);
        }

        target.Validated();
    }
}
