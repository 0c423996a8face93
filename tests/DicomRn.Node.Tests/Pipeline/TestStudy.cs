using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A small post-contrast study of a head-like ball with two bright lesions, contoured; each part can be spoiled.</summary>
internal sealed record TestStudy
{
    public const string StudyUid = "1.2.826.0.1.3680043.8.498.100";
    public const string SeriesUid = "1.2.826.0.1.3680043.8.498.101";
    public const string FrameUid = "1.2.826.0.1.3680043.8.498.102";

    private static readonly ExportEquipment Scanner = new()
    {
        Manufacturer = "Test scanner",
        ModelName = "One",
        DeviceSerialNumber = "1",
        SoftwareVersions = "1",
    };

    public string Description { get; init; } = "t1_mprage_sag_p2_iso_KM";

    public string BodyPart { get; init; } = "BRAIN";

    public string? ContrastAgent { get; init; } = "Gadobutrol";

    public bool WithContours { get; init; } = true;

    public string ContourFrameUid { get; init; } = FrameUid;

    public string ContourPatientId { get; init; } = "TEST-1";

    public IReadOnlyList<string> RoiNames { get; init; } = ["GTV 1", "GTV 2"];

    public string InterpretedType { get; init; } = "GTV";

    /// <summary>Whether the contours also come as a Segmentation, with their own tracking UIDs.</summary>
    public bool WithSegmentation { get; init; }

    /// <summary>What the contours outline, instead of the lesions.</summary>
    public IReadOnlyList<Volume<byte>> Drawn { get; init; } = Masks;

    /// <summary>Shift of the contours from the lesions, mm.</summary>
    public double ContourShift { get; init; }

    public static VolumeGeometry Grid { get; } = new()
    {
        Columns = 72,
        Rows = 80,
        Slices = 24,
        Origin = new PatientPoint(-71, -75, -40),
        DirectionI = new PatientVector(1, 0, 0),
        DirectionJ = new PatientVector(0, Math.Cos(0.2), -Math.Sin(0.2)),
        DirectionK = new PatientVector(0, Math.Sin(0.2), Math.Cos(0.2)),
        SpacingI = 2,
        SpacingJ = 2,
        SpacingK = 3,
    };

    public static IReadOnlyList<Volume<byte>> Masks { get; } = [Ball(30, 45, 9, 9), Ball(47, 32, 14, 6)];

    /// <summary>Writes the files.</summary>
    public async Task<StudyInput> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        ExportPatient patient = new() { Name = "Müller^Łucja", Id = "TEST-1", BirthDate = new DateOnly(1960, 2, 3), Sex = "F" };
        ExportStudy study = new() { StudyInstanceUid = StudyUid, Date = new DateTime(2025, 3, 1, 10, 0, 0), Id = "7", AccessionNumber = "A7" };
        ImageSeries images = await new MrSeriesExport
        {
            Volume = Head(),
            Patient = patient,
            Study = study,
            Series = Series(SeriesUid, 5, Description) with { BodyPart = BodyPart, PatientPosition = "HFS" },
            Equipment = Scanner,
            Acquisition = new MrAcquisition { ContrastAgent = ContrastAgent },
            FrameOfReferenceUid = FrameUid,
            SopInstanceUids = [.. Enumerable.Range(1, Grid.Slices).Select(n => $"{SeriesUid}.{n}")],
        }.WriteAsync(Path.Combine(folder, "mr"), cancellationToken);
        if (WithContours)
        {
            VolumeGeometry drawn = Grid with { Origin = Grid.Origin + new PatientVector(ContourShift, 0, 0) };
            await new RtStructExport
            {
                Images = images with { Geometry = drawn, FrameOfReferenceUid = ContourFrameUid },
                Patient = patient with { Id = ContourPatientId },
                Study = study,
                Series = Series("1.2.826.0.1.3680043.8.498.103", 6, "Contours"),
                Equipment = Scanner,
                SopInstanceUid = "1.2.826.0.1.3680043.8.498.103.1",
                Rois = [.. RoiNames.Select((name, n) => new RtExportRoi
                {
                    Name = name,
                    Mask = new Volume<byte>(drawn, Drawn[n].Voxels),
                    InterpretedType = InterpretedType,
                })],
            }.WriteAsync(Path.Combine(folder, "rtstruct.dcm"), cancellationToken);
        }

        if (WithSegmentation)
        {
            await new SegmentationExport
            {
                Source = await SeriesVolumeReader.ReadFilesAsync(images.Instances.Select(i => i.Path!), cancellationToken),
                Segments = [.. RoiNames.Select((name, n) => new SegmentDefinition
                {
                    Mask = Masks[n],
                    Label = name,
                    TrackingId = name,
                    TrackingUid = $"1.2.826.0.1.3680043.8.498.104.{n + 10}",
                })],
                SopInstanceUid = "1.2.826.0.1.3680043.8.498.104.1",
                Series = Series("1.2.826.0.1.3680043.8.498.104", 8, "Segmentation"),
                Equipment = Scanner,
            }.WriteAsync(Path.Combine(folder, "seg.dcm"), cancellationToken);
        }

        return Input(folder);
    }

    /// <summary>The study in a folder.</summary>
    public static StudyInput Input(string folder, string? assume = null, string studyUid = StudyUid) => new()
    {
        StudyInstanceUid = studyUid,
        Files = [.. Directory.EnumerateFiles(folder, "*.dcm", SearchOption.AllDirectories)],
        AssumeT1ceSeriesUid = assume,
    };

    private static ExportSeries Series(string uid, int number, string description) => new()
    {
        SeriesInstanceUid = uid,
        Number = number,
        Description = description,
        Date = new DateTime(2025, 3, 1, 10, 20, 0),
    };

    private static Volume<float> Head()
    {
        Volume<float> head = new(Grid);
        for (int k = 0; k < Grid.Slices; k++)
        {
            for (int j = 0; j < Grid.Rows; j++)
            {
                for (int i = 0; i < Grid.Columns; i++)
                {
                    double r = Math.Pow((i - 36) / 30.0, 2) + Math.Pow((j - 40) / 35.0, 2) + Math.Pow((k - 11) / 14.0, 2);
                    head[i, j, k] = r < 0.7 ? 300 + (i * 7 + j * 3 + k) % 23 : r < 0.85 ? 20 : r < 1 ? 600 : 5;
                    if (Masks.Any(m => m[i, j, k] != 0))
                        head[i, j, k] = 800;
                }
            }
        }

        return head;
    }

    /// <summary>A ball around a voxel, its radius in mm.</summary>
    public static Volume<byte> Ball(int ci, int cj, int ck, double radius)
    {
        Volume<byte> mask = new(Grid);
        for (int k = 0; k < Grid.Slices; k++)
        {
            for (int j = 0; j < Grid.Rows; j++)
            {
                for (int i = 0; i < Grid.Columns; i++)
                {
                    double x = (i - ci) * 2, y = (j - cj) * 2, z = (k - ck) * 3;
                    mask[i, j, k] = x * x + y * y + z * z <= radius * radius ? (byte)1 : (byte)0;
                }
            }
        }

        return mask;
    }
}
