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
