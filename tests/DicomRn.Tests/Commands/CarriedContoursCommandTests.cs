using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Tests.CommandLine;

namespace DicomRn.Tests.Commands;

/// <summary><c>contours</c> with contours of planning images in another frame of reference.</summary>
public sealed class CarriedContoursCommandTests : IDisposable
{
    private const string StillUid = "1.2.826.0.1.3680043.8.498.401", PlanningUid = "1.2.826.0.1.3680043.8.498.402";
    private static readonly PatientVector Shift = new(12, -8, 6);
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(40, 40, 30, 2, PatientPoint.Origin);
    private static readonly ExportEquipment Scanner = new() { Manufacturer = "Test scanner", ModelName = "One", DeviceSerialNumber = "1", SoftwareVersions = "1" };
    private static readonly ExportPatient Patient = new() { Name = "Test^One", Id = "TEST-1", BirthDate = new DateOnly(1960, 2, 3), Sex = "F" };
    private static readonly ExportStudy Study = new() { StudyInstanceUid = "1.2.826.0.1.3680043.8.498.400", Date = new DateTime(2025, 3, 1, 10, 0, 0), Id = "7", AccessionNumber = "A7" };

    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registration_that_is_given_or_lies_in_the_folder_carries_them_over(bool given)
    {
        (string contours, string images, string registration) = await WriteAsync();
        if (!given)
        {
            Directory.CreateDirectory(Path.Combine(images, "reg"));
            File.Move(registration, Path.Combine(images, "reg", "reg.dcm"));
        }

        CommandLineRun run = await CommandLineRun.OfAsync(
            ["contours", contours, "--image", images, "--output", Path.Combine(_folder, "out"), "--json", .. given ? ["--registration", registration] : Array.Empty<string>()]);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        JsonNode region = JsonNode.Parse(run.Output)![0]!;
        Assert.Equal("1.2.826.0.1.3680043.8.498.405.1", region["carriedBy"]![0]!.GetValue<string>());
        Volume<byte> mask = await NiftiFile.ReadMaskAsync(region["file"]!.GetValue<string>(), Cancellation);
        PatientPoint centre = LesionMeasures.Of(mask).Centroid;
        Assert.True(centre.DistanceTo(Middle) < 0.6, $"{centre}");
    }

    [Fact]
    public async Task Without_a_registration_that_leads_there_they_are_refused_with_the_reason()
    {
        (string contours, string images, string registration) = await WriteAsync();
        DicomFile other = await DicomFile.OpenAsync(registration, FileReadOption.ReadAll);
        foreach (DicomDataset item in other.Dataset.GetSequence(DicomTag.RegistrationSequence).Items)
            item.AddOrUpdate(DicomTag.FrameOfReferenceUID, "1.2.3.4");
        string elsewhere = Path.Combine(_folder, "elsewhere.dcm");
        await other.SaveAsync(elsewhere);

        CommandLineRun none = await CommandLineRun.OfAsync("contours", contours, "--image", images, "--output", Path.Combine(_folder, "out"));
        CommandLineRun wrong = await CommandLineRun.OfAsync("contours", contours, "--image", images, "--output", Path.Combine(_folder, "out"), "--registration", elsewhere);
        CommandLineRun no = await CommandLineRun.OfAsync("contours", contours, "--image", images, "--output", Path.Combine(_folder, "out"), "--registration", contours);

        Assert.Equal((ExitCode.JobFailed, ExitCode.JobFailed, ExitCode.JobFailed), (none.ExitCode, wrong.ExitCode, no.ExitCode));
        Assert.Contains("another frame of reference than the images: no registration was given", Assert.Single(none.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("none of 1 registrations leads from one to the other", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("is no Spatial Registration", no.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_series_one_must_be_named()
    {
        (string contours, string images, _) = await WriteAsync();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_folder, "planning")))
            File.Copy(file, Path.Combine(images, "planning-" + Path.GetFileName(file)));

        CommandLineRun none = await CommandLineRun.OfAsync("contours", contours, "--image", images, "--output", Path.Combine(_folder, "out"));
        CommandLineRun named = await CommandLineRun.OfAsync("contours", contours, "--image", images, "--series", PlanningUid, "--output", Path.Combine(_folder, "out"));

        Assert.Equal((ExitCode.JobFailed, ExitCode.Success), (none.ExitCode, named.ExitCode));
        Assert.Contains($"holds 2 series; give one of them by --series: {StillUid} (MR, 30 files", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volumes_are_counted_from_1()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("contours", "x.dcm", "--image", "y", "--output", "z", "--stack", "0");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("--stack: volumes are counted from 1.", run.Error, StringComparison.Ordinal);
    }

    private static PatientPoint Middle => Grid.Center;

    private async Task<(string Contours, string Images, string Registration)> WriteAsync()
    {
        string images = Path.Combine(_folder, "images"), planningFolder = Path.Combine(_folder, "planning");
        ImageSeries still = await Images(Grid, StillUid).WriteAsync(images, Cancellation);
        VolumeGeometry there = Grid with { Origin = Grid.Origin + Shift };
        ImageSeries planning = await Images(there, PlanningUid).WriteAsync(planningFolder, Cancellation);
        Volume<byte> mask = new(there);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            PatientPoint p = there.ToPatient(new VoxelPoint(n % 40, n / 40 % 40, n / 1600));
            mask.Voxels[n] = p.DistanceTo(Middle + Shift) < 9 ? (byte)1 : (byte)0;
        }

        string contours = Path.Combine(_folder, "rs.dcm"), registration = Path.Combine(_folder, "reg.dcm");
        await new RtStructExport
        {
            Images = planning,
            Patient = Patient,
            Study = Study,
            Series = Series("1.2.826.0.1.3680043.8.498.404", "Contours"),
            Equipment = Scanner,
            SopInstanceUid = "1.2.826.0.1.3680043.8.498.404.1",
            Rois = [new RtExportRoi { Name = "GTV", Mask = mask, InterpretedType = "GTV" }],
        }.WriteAsync(contours, Cancellation);
        await new SpatialRegistrationExport
        {
            Fixed = await SeriesVolumeReader.ReadFilesAsync(still.Instances.Select(i => i.Path!), Cancellation),
            Moving = await SeriesVolumeReader.ReadFilesAsync(planning.Instances.Select(i => i.Path!), Cancellation),
            FixedToMoving = RigidTransform.About(PatientPoint.Origin, default, Shift),
            SopInstanceUid = "1.2.826.0.1.3680043.8.498.405.1",
            Series = Series("1.2.826.0.1.3680043.8.498.405", "Registration"),
            Equipment = Scanner,
        }.ToDicomFile().SaveAsync(registration);
        return (contours, images, registration);
    }

    private static MrSeriesExport Images(VolumeGeometry grid, string uid) => new()
    {
        Volume = new Volume<float>(grid, [.. Enumerable.Range(0, (int)grid.VoxelCount).Select(n => (float)(n % 100))]),
        Patient = Patient,
        Study = Study,
        Series = Series(uid, "t1"),
        Equipment = Scanner,
        Acquisition = new MrAcquisition(),
        FrameOfReferenceUid = uid + ".1",
        SopInstanceUids = [.. Enumerable.Range(1, grid.Slices).Select(n => $"{uid}.2.{n}")],
    };

    private static ExportSeries Series(string uid, string description) =>
        new() { SeriesInstanceUid = uid, Number = 3, Description = description, Date = Study.Date, BodyPart = "BRAIN", PatientPosition = "HFS" };
}
