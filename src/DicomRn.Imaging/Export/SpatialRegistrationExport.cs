using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Export;

/// <summary>
/// Writes a rigid registration of two series as a Spatial Registration (PS3.3 A.39.1). The registered frame of reference is that of the
/// fixed series, to which an identity matrix belongs; the matrix of the moving series takes its points there (C.20.2.1.1), so it is the
/// inverse of fixed → moving. Patient and study are those of the fixed series.
/// </summary>
public sealed record SpatialRegistrationExport
{
    /// <summary>The series that stays, such as the follow-up T1CE; patient and study attributes come from its first data set.</summary>
    public required SeriesVolume Fixed { get; init; }

    /// <summary>The series that is taken to its frame of reference, such as the planning MR or CT.</summary>
    public required SeriesVolume Moving { get; init; }

    /// <summary>Takes points of the fixed series' frame of reference to that of the moving one.</summary>
    public required RigidTransform FixedToMoving { get; init; }

    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Series of the registration; its own.</summary>
    public required ExportSeries Series { get; init; }

    /// <summary>The program that writes it.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>Content Label, a code string of up to 16 characters.</summary>
    public string ContentLabel { get; init; } = "REGISTRATION";

    /// <summary>Content Description, up to 64 characters; may be empty.</summary>
    public string ContentDescription { get; init; } = "";

    /// <summary>Content Creator's Name; may be empty.</summary>
    public string ContentCreatorName { get; init; } = "";

    /// <summary>Frame of Reference Transformation Comment of the moving series: quality; up to 64 characters, may be empty.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Makes the object; attributes may be added to its data set before it is saved.</summary>
    /// <exception cref="ArgumentException">A series has no frame of reference, or both have the same.</exception>
    public DicomFile ToDicomFile()
    {
        string registered = Fixed.Series.FrameOfReferenceUid, source = Moving.Series.FrameOfReferenceUid;
        if (registered.Length == 0 || source.Length == 0)
            throw new ArgumentException($"Series {(registered.Length == 0 ? Fixed : Moving).Series.SeriesInstanceUid} has no Frame of Reference UID, which a registration must name.");
        if (registered == source)
            throw new ArgumentException("Both series are in the same frame of reference; a registration cannot tell them apart.");
        DicomDataset dataset = ExportModules.NewDataset();
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SpatialRegistrationStorage);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, SopInstanceUid);
        SourceModules.Copy(Fixed.FirstDataset, dataset);
        dataset.AddSeries("REG", Series);
        if (Series.BodyPart.Length == 0)
            dataset.AddOrUpdate(DicomTag.Laterality, "");
        dataset.AddFrameOfReference(registered);
        dataset.AddEquipment(Equipment);
        dataset.AddOrUpdate(DicomTag.InstanceNumber, 1);
        dataset.AddOrUpdate(DicomTag.ContentDate, ExportModules.Date(Series.Date));
        dataset.AddOrUpdate(DicomTag.ContentTime, ExportModules.Time(Series.Date));
        dataset.AddOrUpdate(DicomTag.ContentLabel, ContentLabel);
        dataset.AddOrUpdate(DicomTag.ContentDescription, ContentDescription);
        dataset.AddOrUpdate(DicomTag.ContentCreatorName, ContentCreatorName);
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.RegistrationSequence,
            Item(Fixed.Series, RigidTransform.Identity, ""),
            Item(Moving.Series, FixedToMoving.Inverse, Comment)));
        AddReferences(dataset);
        return new DicomFile(dataset);
    }

    private static DicomDataset Item(ImageSeries series, RigidTransform toRegistered, string comment)
    {
        DicomDataset matrix = new()
        {
            { DicomTag.FrameOfReferenceTransformationMatrixType, "RIGID" },
            { DicomTag.FrameOfReferenceTransformationMatrix, DecimalText.Of(toRegistered.ToMatrix()) },
        };
        DicomDataset registration = new() { new DicomSequence(DicomTag.MatrixSequence, matrix) };
        registration.AddUnlessEmpty(DicomTag.FrameOfReferenceTransformationComment, comment);
        registration.AddCode(DicomTag.RegistrationTypeCodeSequence, new CodedTerm("125024", "DCM", "Image Content-based Alignment"));
        return new DicomDataset
        {
            { DicomTag.FrameOfReferenceUID, series.FrameOfReferenceUid },
            new DicomSequence(DicomTag.ReferencedImageSequence, References(series)),
            new DicomSequence(DicomTag.MatrixRegistrationSequence, registration),
        };
    }

    // Common Instance Reference Module (C.12.2): the study of this object apart from all others.
    private void AddReferences(DicomDataset dataset)
    {
        ImageSeries[] all = [Fixed.Series, Moving.Series];
        dataset.AddOrUpdate(new DicomSequence(
            DicomTag.ReferencedSeriesSequence, [.. all.Where(s => s.StudyInstanceUid == Fixed.Series.StudyInstanceUid).Select(Reference)]));
        ImageSeries[] elsewhere = [.. all.Where(s => s.StudyInstanceUid != Fixed.Series.StudyInstanceUid)];
        if (elsewhere.Length > 0)
        {
            dataset.AddOrUpdate(new DicomSequence(
                DicomTag.StudiesContainingOtherReferencedInstancesSequence,
                [.. elsewhere.Select(s => new DicomDataset
                {
                    { DicomTag.StudyInstanceUID, s.StudyInstanceUid },
                    new DicomSequence(DicomTag.ReferencedSeriesSequence, Reference(s)),
                })]));
        }
    }

    private static DicomDataset Reference(ImageSeries series) => new()
    {
        { DicomTag.SeriesInstanceUID, series.SeriesInstanceUid },
        new DicomSequence(DicomTag.ReferencedInstanceSequence, References(series)),
    };

    private static DicomDataset[] References(ImageSeries series) =>
        [.. series.Instances.DistinctBy(i => i.SopInstanceUid).Select(i => ExportModules.Reference(i.SopClassUid, i.SopInstanceUid))];
}
