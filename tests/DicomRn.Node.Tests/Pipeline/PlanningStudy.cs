using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A follow-up T1CE and lesion contours that were drawn on a planning MR in another position and frame of reference.</summary>
internal sealed record PlanningStudy
{
    public const string PlanningFrameUid = "1.2.826.0.1.3680043.8.498.202";
    public const string RegistrationUid = "1.2.826.0.1.3680043.8.498.205.1";
    public const string DeformationUid = "1.2.826.0.1.3680043.8.498.206.1";

    private const int Seed = 4;

    private static readonly ExportEquipment Scanner = new()
    {
        Manufacturer = "Test scanner",
        ModelName = "One",
        DeviceSerialNumber = "1",
        SoftwareVersions = "1",
    };

    /// <summary>Whether the planning images are in the study.</summary>
    public bool WithPlanning { get; init; } = true;

    /// <summary>Whether a REG is in the study.</summary>
    public bool WithRegistration { get; init; }

    /// <summary>Whether a deformable REG is in the study: the same motion, as displacements and a matrix.</summary>
    public bool WithDeformation { get; init; }

    /// <summary>Whether the deformation leads from the planning images to the follow-up instead of the other way.</summary>
    public bool DeformationBackwards { get; init; }

    /// <summary>Side of the grid of displacements, mm.</summary>
    public double DeformationSize { get; init; } = 240;

    /// <summary>Whether the contours are a Segmentation.</summary>
    public bool AsSegmentation { get; init; }

    public string PlanningPatientId { get; init; } = "TEST-1";

    public static PatientPoint Center => PhantomHead.HeadCentre(Seed);

    /// <summary>From the follow-up to the planning images.</summary>
    public static RigidTransform FixedToMoving => RigidTransform.About(Center, new PatientVector(0.2, -0.12, 0.15), new PatientVector(12, -18, 9));

    public static VolumeGeometry Grid => Around(Center, 180, 216, 180, 2);

    /// <summary>The lesions on the follow-up.</summary>
    public static IReadOnlyList<Volume<byte>> Truth { get; } = [.. Phantom(Grid).Lesions.Select(l => l.Mask)];

    public async Task<StudyInput> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        ExportPatient patient = new() { Name = "Test^One", Id = "TEST-1", BirthDate = new DateOnly(1960, 2, 3), Sex = "F" };
        await Images(Phantom(Grid).T1ce, patient, TestStudy.FrameUid, TestStudy.SeriesUid, "t1_mprage_KM", "Gadobutrol")
            .WriteAsync(Path.Combine(folder, "mr"), cancellationToken);
        VolumeGeometry planning = Around(FixedToMoving.Apply(Center), 184, 220, 180, 2);
        PhantomHead moved = Phantom(FixedToMoving.Inverse.Apply(planning));
        string planningFolder = Path.Combine(folder, "planning");
        ImageSeries images = await Images(
            new Volume<float>(planning, moved.UnenhancedT1!.Voxels), patient with { Id = PlanningPatientId }, PlanningFrameUid,
            "1.2.826.0.1.3680043.8.498.201", "t1_mprage_nativ", null).WriteAsync(planningFolder, cancellationToken);
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(images.Instances.Select(i => i.Path!), cancellationToken);
        Volume<byte>[] masks = [.. moved.Lesions.Select(l => new Volume<byte>(planning, l.Mask.Voxels))];
        if (AsSegmentation)
            await Segmentation(series, masks).WriteAsync(Path.Combine(folder, "seg.dcm"), cancellationToken);
        else
            await Contours(images, patient, masks).WriteAsync(Path.Combine(folder, "rtstruct.dcm"), cancellationToken);
        if (WithRegistration)
            await Registration(folder, series, cancellationToken);
        if (WithDeformation)
            await Deformation().SaveAsync(Path.Combine(folder, "deformation.dcm"));
        if (!WithPlanning)
            Directory.Delete(planningFolder, recursive: true);
        return TestStudy.Input(folder);
    }

    private static async Task Registration(string folder, SeriesVolume planning, CancellationToken cancellationToken)
    {
        SeriesVolume followUp = await SeriesVolumeReader.ReadFilesAsync(Directory.EnumerateFiles(Path.Combine(folder, "mr")), cancellationToken);
        await new SpatialRegistrationExport
        {
            Fixed = followUp,
            Moving = planning,
            FixedToMoving = FixedToMoving,
            SopInstanceUid = RegistrationUid,
            Series = Series("1.2.826.0.1.3680043.8.498.205", 9, "Registration"),
            Equipment = Scanner,
        }.ToDicomFile().SaveAsync(Path.Combine(folder, "reg.dcm"));
    }

    // The turn as displacements on a grid in the registered frame, the shift as the matrix after it.
    private DicomFile Deformation()
    {
        RigidTransform motion = DeformationBackwards ? FixedToMoving.Inverse : FixedToMoving;
        PatientPoint middle = DeformationBackwards ? FixedToMoving.Apply(Center) : Center;
        RigidTransform shift = RigidTransform.About(PatientPoint.Origin, default, motion.Apply(middle) - middle);
        const double Spacing = 12;
        int count = (int)(DeformationSize / Spacing) + 1;
        PatientPoint first = middle + new PatientVector(1, 1, 1) * (-DeformationSize / 2);
        float[] vectors = new float[count * count * count * 3];
        for (int n = 0; n < vectors.Length / 3; n++)
        {
            PatientPoint p = first + new PatientVector(n % count, n / count % count, n / (count * count)) * Spacing;
            PatientVector d = shift.Inverse.Apply(motion.Apply(p)) - p;
            (vectors[3 * n], vectors[3 * n + 1], vectors[3 * n + 2]) = ((float)d.X, (float)d.Y, (float)d.Z);
        }

        string registered = DeformationBackwards ? PlanningFrameUid : TestStudy.FrameUid, source = DeformationBackwards ? TestStudy.FrameUid : PlanningFrameUid;
        return new DicomFile(new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.DeformableSpatialRegistrationStorage },
            { DicomTag.SOPInstanceUID, DeformationUid },
            { DicomTag.StudyInstanceUID, TestStudy.StudyUid },
            { DicomTag.SeriesInstanceUID, "1.2.826.0.1.3680043.8.498.206" },
            { DicomTag.Modality, "REG" },
            { DicomTag.PatientName, "Test^One" },
            { DicomTag.PatientID, "TEST-1" },
            { DicomTag.PatientBirthDate, "19600203" },
            { DicomTag.PatientSex, "F" },
            { DicomTag.FrameOfReferenceUID, registered },
            new DicomSequence(DicomTag.DeformableRegistrationSequence, new DicomDataset
            {
                { DicomTag.SourceFrameOfReferenceUID, source },
                new DicomSequence(DicomTag.PostDeformationMatrixRegistrationSequence, new DicomDataset
                {
                    { DicomTag.FrameOfReferenceTransformationMatrixType, "RIGID" },
                    { DicomTag.FrameOfReferenceTransformationMatrix, Array.ConvertAll(shift.ToMatrix(), Decimal) },
                }),
                new DicomSequence(DicomTag.DeformableRegistrationGridSequence, new DicomDataset
                {
                    { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" },
                    { DicomTag.ImagePositionPatient, Decimal(first.X), Decimal(first.Y), Decimal(first.Z) },
                    { DicomTag.GridDimensions, (uint)count, (uint)count, (uint)count },
                    { DicomTag.GridResolution, Spacing, Spacing, Spacing },
                    new DicomOtherFloat(DicomTag.VectorGridData, vectors),
                }),
            }),
        });
    }

    private static decimal Decimal(double value) => Math.Round((decimal)value, 8);

    private static SegmentationExport Segmentation(SeriesVolume series, Volume<byte>[] masks) => new()
    {
        Source = series,
        Segments = [.. masks.Select((mask, n) => new SegmentDefinition
        {
            Mask = mask, Label = $"GTV {n + 1}", TrackingId = $"GTV {n + 1}", TrackingUid = $"1.2.826.0.1.3680043.8.498.204.{n + 10}",
        })],
        SopInstanceUid = "1.2.826.0.1.3680043.8.498.204.1",
        Series = Series("1.2.826.0.1.3680043.8.498.204", 8, "Segmentation"),
        Equipment = Scanner,
    };

    private static RtStructExport Contours(ImageSeries images, ExportPatient patient, Volume<byte>[] masks) => new()
    {
        Images = images,
        Patient = patient,
        Study = Study,
        Series = Series("1.2.826.0.1.3680043.8.498.203", 6, "Contours"),
        Equipment = Scanner,
        SopInstanceUid = "1.2.826.0.1.3680043.8.498.203.1",
        Rois = [.. masks.Select((mask, n) => new RtExportRoi { Name = $"GTV {n + 1}", Mask = mask, InterpretedType = "GTV" })],
    };

    private static MrSeriesExport Images(
        Volume<float> volume, ExportPatient patient, string frame, string uid, string description, string? agent) => new()
        {
            Volume = volume,
            Patient = patient,
            Study = Study,
            Series = Series(uid, agent is null ? 3 : 5, description) with { BodyPart = "BRAIN", PatientPosition = "HFS" },
            Equipment = Scanner,
            Acquisition = new MrAcquisition { ContrastAgent = agent },
            FrameOfReferenceUid = frame,
            SopInstanceUids = [.. Enumerable.Range(1, volume.Geometry.Slices).Select(n => $"{uid}.{n}")],
        };

    private static PhantomHead Phantom(VolumeGeometry grid) =>
        PhantomHead.Generate(new PhantomOptions { Seed = Seed, LesionCount = 2, Grid = grid, WithUnenhancedT1 = true });

    private static ExportStudy Study => new() { StudyInstanceUid = TestStudy.StudyUid, Date = new DateTime(2025, 3, 1, 10, 0, 0), Id = "7", AccessionNumber = "A7" };

    private static ExportSeries Series(string uid, int number, string description) => new()
    {
        SeriesInstanceUid = uid,
        Number = number,
        Description = description,
        Date = new DateTime(2025, 3, 1, 10, 20, 0),
    };

    private static VolumeGeometry Around(PatientPoint center, double width, double depth, double height, double spacing)
    {
        VolumeGeometry grid = VolumeGeometry.Axial((int)(width / spacing), (int)(depth / spacing), (int)(height / spacing), spacing, PatientPoint.Origin);
        return grid with { Origin = grid.Origin + (center - grid.Center) };
    }
}
