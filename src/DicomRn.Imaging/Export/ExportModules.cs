using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Export;

/// <summary>The modules that exported objects share. Character set ISO_IR 192 (UTF-8) throughout.</summary>
internal static class ExportModules
{
    public static DicomDataset NewDataset() => new(DicomTransferSyntax.ExplicitVRLittleEndian)
    {
        { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
    };

    public static void AddPatient(this DicomDataset dataset, ExportPatient patient)
    {
        dataset.AddOrUpdate(DicomTag.PatientName, patient.Name);
        dataset.AddOrUpdate(DicomTag.PatientID, patient.Id);
        dataset.AddOrUpdate(DicomTag.PatientBirthDate, patient.BirthDate is { } birth ? Date(birth.ToDateTime(TimeOnly.MinValue)) : "");
        dataset.AddOrUpdate(DicomTag.PatientSex, patient.Sex);
        if (patient.IsPhantom)
            dataset.AddOrUpdate(DicomTag.QualityControlSubject, "YES");
    }

    public static void AddStudy(this DicomDataset dataset, ExportStudy study)
    {
        dataset.AddOrUpdate(DicomTag.StudyInstanceUID, study.StudyInstanceUid);
        dataset.AddOrUpdate(DicomTag.StudyDate, Date(study.Date));
        dataset.AddOrUpdate(DicomTag.StudyTime, Time(study.Date));
        dataset.AddOrUpdate(DicomTag.StudyID, study.Id);
        dataset.AddOrUpdate(DicomTag.AccessionNumber, study.AccessionNumber);
        dataset.AddOrUpdate(DicomTag.ReferringPhysicianName, "");
        dataset.AddUnlessEmpty(DicomTag.StudyDescription, study.Description);
    }

    public static void AddEquipment(this DicomDataset dataset, ExportEquipment equipment)
    {
        dataset.AddOrUpdate(DicomTag.Manufacturer, equipment.Manufacturer);
        dataset.AddOrUpdate(DicomTag.ManufacturerModelName, equipment.ModelName);
        dataset.AddOrUpdate(DicomTag.DeviceSerialNumber, equipment.DeviceSerialNumber);
        dataset.AddOrUpdate(DicomTag.SoftwareVersions, equipment.SoftwareVersions);
        dataset.AddUnlessEmpty(DicomTag.InstitutionName, equipment.InstitutionName);
    }

    public static void AddSeries(this DicomDataset dataset, string modality, ExportSeries series)
    {
        dataset.AddOrUpdate(DicomTag.Modality, modality);
        dataset.AddOrUpdate(DicomTag.SeriesInstanceUID, series.SeriesInstanceUid);
        dataset.AddOrUpdate(DicomTag.SeriesNumber, series.Number);
        dataset.AddOrUpdate(DicomTag.SeriesDescription, series.Description);
        dataset.AddOrUpdate(DicomTag.SeriesDate, Date(series.Date));
        dataset.AddOrUpdate(DicomTag.SeriesTime, Time(series.Date));
        dataset.AddUnlessEmpty(DicomTag.ProtocolName, series.ProtocolName);
        dataset.AddUnlessEmpty(DicomTag.BodyPartExamined, series.BodyPart);
    }

    public static void AddFrameOfReference(this DicomDataset dataset, string uid)
    {
        dataset.AddOrUpdate(DicomTag.FrameOfReferenceUID, uid);
        dataset.AddOrUpdate(DicomTag.PositionReferenceIndicator, "");
    }

    public static void AddUnlessEmpty(this DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length > 0)
            dataset.AddOrUpdate(tag, value);
    }

    public static void AddCode(this DicomDataset dataset, DicomTag sequence, CodedTerm code) =>
        dataset.AddOrUpdate(new DicomSequence(sequence, Item(code)));

    public static DicomDataset Item(CodedTerm code) => new()
    {
        { DicomTag.CodeValue, code.Value },
        { DicomTag.CodingSchemeDesignator, code.Scheme },
        { DicomTag.CodeMeaning, code.Meaning },
    };

    public static DicomDataset Reference(string sopClassUid, string sopInstanceUid) => new()
    {
        { DicomTag.ReferencedSOPClassUID, sopClassUid },
        { DicomTag.ReferencedSOPInstanceUID, sopInstanceUid },
    };

    public static string[] Orientation(VolumeGeometry g) => DecimalText.Of(
        g.DirectionI.X, g.DirectionI.Y, g.DirectionI.Z, g.DirectionJ.X, g.DirectionJ.Y, g.DirectionJ.Z);

    public static string[] Position(VolumeGeometry g, int slice)
    {
        PatientPoint p = g.ToPatient(new VoxelPoint(0, 0, slice));
        return DecimalText.Of(p.X, p.Y, p.Z);
    }

    public static string Date(DateTime time) => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Time(DateTime time) => time.ToString("HHmmss", CultureInfo.InvariantCulture);
}
