using System.Globalization;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Benchmarks.Masks;

/// <summary>An MR series of 512 × 512 × 120 and an RT Structure Set of ellipsoid lesions on it, in a folder.</summary>
internal static class LesionStudy
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(512, 512, 120, 0.5, new PatientPoint(-128, -128, -70)) with { SpacingK = 1.2 };

    /// <summary>Folder of the images, below that of the study.</summary>
    public const string Images = "mr";

    /// <summary>File of the structure set.</summary>
    public const string Contours = "rs.dcm";

    /// <summary>Writes it; lesion n has a diameter of 6 to 30 mm.</summary>
    public static async Task WriteAsync(string folder, int lesions, CancellationToken cancellationToken)
    {
        ExportPatient patient = new() { Name = "Bench^Mark", Id = "BENCH", BirthDate = new DateOnly(1970, 1, 1), Sex = "O" };
        ExportStudy study = new() { StudyInstanceUid = "2.25.7001", Date = new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Unspecified), Id = "1" };
        ExportEquipment equipment = new() { Manufacturer = "None", ModelName = "Benchmark", DeviceSerialNumber = "1", SoftwareVersions = "1" };
        Volume<float> image = new(Grid);
        for (int n = 0; n < image.Voxels.Length; n++)
            image.Voxels[n] = n * 37 % 1000;
        ImageSeries series = await new MrSeriesExport
        {
            Volume = image,
            Patient = patient,
            Study = study,
            Series = Series("2.25.7002", 1, "t1"),
            Equipment = equipment,
            Acquisition = new MrAcquisition(),
            FrameOfReferenceUid = "2.25.7003",
            SopInstanceUids = [.. Enumerable.Range(1, Grid.Slices).Select(n => string.Create(CultureInfo.InvariantCulture, $"2.25.7002.{n}"))],
        }.WriteAsync(Path.Combine(folder, Images), cancellationToken);
        await new RtStructExport
        {
            Images = series,
            Patient = patient,
            Study = study,
            Series = Series("2.25.7004", 2, "contours"),
            Equipment = equipment,
            SopInstanceUid = "2.25.7004.1",
            Rois = [.. Enumerable.Range(0, lesions).Select(n => new RtExportRoi { Name = $"GTV_{n + 1}", Mask = Ellipsoid(n), InterpretedType = "GTV" })],
        }.WriteAsync(Path.Combine(folder, Contours), cancellationToken);
    }

    private static ExportSeries Series(string uid, int number, string description) => new()
    {
        SeriesInstanceUid = uid,
        Number = number,
        Description = description,
        Date = new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Unspecified),
    };

    private static Volume<byte> Ellipsoid(int n)
    {
        Random random = new(n + 1);
        PatientPoint center = new(random.NextDouble() * 120 - 60, random.NextDouble() * 140 - 70, random.NextDouble() * 90 - 45);
        (double a, double b, double c) = (3 + 12 * random.NextDouble(), 3 + 12 * random.NextDouble(), 3 + 12 * random.NextDouble());
        Volume<byte> mask = new(Grid);
        Parallel.For(0, Grid.Slices, k =>
        {
            for (int j = 0; j < Grid.Rows; j++)
            {
                for (int i = 0; i < Grid.Columns; i++)
                {
                    PatientVector d = Grid.ToPatient(new VoxelPoint(i, j, k)) - center;
                    if (d.X * d.X / (a * a) + d.Y * d.Y / (b * b) + d.Z * d.Z / (c * c) <= 1)
                        mask[i, j, k] = 1;
                }
            }
        });
        return mask;
    }
}
