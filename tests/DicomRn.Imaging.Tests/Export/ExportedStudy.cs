using System.Globalization;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Export;

/// <summary>A small oblique MR series, written and read back, with two masks on its grid: one with a hole, one of two parts.</summary>
internal sealed class ExportedStudy : IDisposable
{
    public static readonly ExportPatient Patient = new()
    {
        Name = "Łukasiewicz^Anné",
        Id = "PHANTOM-1",
        BirthDate = new DateOnly(1960, 2, 29),
        Sex = "F",
        IsPhantom = true,
    };

    public static readonly ExportStudy Study = new()
    {
        StudyInstanceUid = "2.25.1001",
        Date = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Unspecified),
        Id = "1",
        Description = "MRI brain",
    };

    public static readonly ExportEquipment Equipment = new()
    {
        Manufacturer = "The DicomRn authors",
        ModelName = "DicomRn",
        DeviceSerialNumber = "1",
        SoftwareVersions = "0.1.0",
    };

    private ExportedStudy(VolumeGeometry grid) => Image = new Volume<float>(grid);

    public string Folder { get; } = Directory.CreateTempSubdirectory("dicomrn-export-").FullName;

    public Volume<float> Image { get; }

    public ImageSeries Series { get; private set; } = null!;

    public SeriesVolume Read { get; private set; } = null!;

    public Volume<byte> Ring { get; private set; } = null!;

    public Volume<byte> TwoParts { get; private set; } = null!;

    public static async Task<ExportedStudy> WriteAsync(CancellationToken cancellationToken)
    {
        // Turned by 20° about x, 13 × 11 pixels: no frame of a segmentation begins at a byte.
        double c = Math.Cos(Math.PI / 9), s = Math.Sin(Math.PI / 9);
        VolumeGeometry grid = new()
        {
            Columns = 13,
            Rows = 11,
            Slices = 6,
            Origin = new PatientPoint(-51.234, 17.5, 33.3333),
            DirectionI = new PatientVector(1, 0, 0),
            DirectionJ = new PatientVector(0, c, s),
            DirectionK = new PatientVector(0, -s, c),
            SpacingI = 0.9765625,
            SpacingJ = 1.25,
            SpacingK = 2.2,
        };
        ExportedStudy study = new(grid);
        for (int n = 0; n < study.Image.Voxels.Length; n++)
            study.Image.Voxels[n] = n * 37 % 4096;
        study.Series = await study.MrExport().WriteAsync(Path.Combine(study.Folder, "mr"), cancellationToken);
        study.Read = await SeriesVolumeReader.ReadFilesAsync(study.Series.Instances.Select(i => i.Path!), cancellationToken);
        study.Ring = Mask(grid, (i, j, k) => k is 2 or 3 && i is >= 2 and <= 8 && j is >= 2 and <= 8 && !(i is >= 4 and <= 6 && j is >= 4 and <= 6));
        study.TwoParts = Mask(grid, (i, j, k) => k == 4 && (i < 3 || i > 9) && j is 4 or 5 && k == 4);
        return study;
    }

    public MrSeriesExport MrExport() => new()
    {
        Volume = Image,
        Patient = Patient,
        Study = Study,
        Series = new ExportSeries
        {
            SeriesInstanceUid = "2.25.1002",
            Number = 5,
            Description = "t1_mprage_sag_p2_iso +C",
            Date = Study.Date,
            BodyPart = "BRAIN",
            PatientPosition = "HFS",
        },
        Equipment = Equipment,
        Acquisition = new MrAcquisition
        {
            ScanningSequence = ["GR", "IR"],
            SequenceVariant = ["SP", "MP"],
            InversionTime = TimeSpan.FromMilliseconds(900),
            ContrastAgent = "Gadobutrol",
        },
        FrameOfReferenceUid = "2.25.1003",
        SopInstanceUids = [.. Enumerable.Range(1, Image.Geometry.Slices).Select(n => string.Create(CultureInfo.InvariantCulture, $"2.25.1004.{n}"))],
        Window = new(0, 4095),
        Comments = "Synthetic phantom, no patient",
    };

    public static async Task RequireValidAsync(string path, CancellationToken cancellationToken)
    {
        string dciodvfy = ExternalTool.Require("dciodvfy", "dicom3tools");
        (_, string output, string error) = await ExternalTool.RunAsync(dciodvfy, ["-new", path], cancellationToken);
        string[] errors = [.. (output + error).Split('\n').Where(l => l.StartsWith("Error", StringComparison.Ordinal))];
        Assert.True(errors.Length == 0, string.Join('\n', errors));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Volume<byte> Mask(VolumeGeometry grid, Func<int, int, int, bool> inside)
    {
        Volume<byte> mask = new(grid);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (inside(n % grid.Columns, n / grid.Columns % grid.Rows, n / (grid.Columns * grid.Rows)))
                mask.Voxels[n] = 1;
        }

        return mask;
    }
}
