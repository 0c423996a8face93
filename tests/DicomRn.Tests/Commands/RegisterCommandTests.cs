using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class RegisterCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Registration_of_two_images_is_written_with_its_quality()
    {
        PatientPoint center = PhantomHead.HeadCentre(9);
        RigidTransform truth = RigidTransform.About(center, new PatientVector(0.1, 0.2, -0.15), new PatientVector(10, 15, -20));
        string still = await WriteAsync("fixed", center, RigidTransform.Identity), moving = await WriteAsync("moving", center, truth);

        CommandLineRun run = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", moving, "--output", Path.Combine(_folder, "out"), "--json");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        JsonNode report = JsonNode.Parse(run.Output)!;
        Assert.True(report["accepted"]!.GetValue<bool>());
        double[] matrix = [.. report["fixedToMoving"]!.AsArray().SelectMany(row => row!.AsArray()).Select(v => v!.GetValue<double>())];
        Assert.True(RigidTransform.FromMatrix(matrix).DistanceTo(truth, center, 70) < 0.5);
        Volume<float> carried = await NiftiFile.ReadImageAsync(Path.Combine(_folder, "out", "moving.nii.gz"), Cancellation);
        Assert.True(carried.Geometry.Coincides((await NiftiFile.ReadImageAsync(still, Cancellation)).Geometry, 0.01));
        Assert.True(File.Exists(Path.Combine(_folder, "out", "checkerboard.png")));
        Assert.Contains("No REG object", report["notes"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_registration_fails_in_one_line_and_leaves_its_files()
    {
        string still = await WriteAsync("fixed", PhantomHead.HeadCentre(9), RigidTransform.Identity);
        string nothing = Path.Combine(_folder, "nothing.nii.gz");
        await NiftiFile.WriteAsync(nothing, new Volume<float>(VolumeGeometry.Axial(90, 90, 90, 2, PatientPoint.Origin)), Cancellation);

        CommandLineRun run = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", nothing, "--output", Path.Combine(_folder, "out"));

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("is refused: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => l.StartsWith("dicomrn:", StringComparison.Ordinal)), StringComparison.Ordinal);
        JsonNode report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "registration.json"), Cancellation))!;
        Assert.False(report["accepted"]!.GetValue<bool>());
        Assert.NotEmpty(report["refusals"]!.AsArray());
    }

    [Fact]
    public async Task A_structure_set_beside_the_images_is_left_out_and_told()
    {
        string folder = await WriteSeriesAsync("dicom", "1.2.826.0.1.3680043.8.498.301");
        File.Move(Directory.EnumerateFiles(await WriteSeriesAsync("contours", "1.2.826.0.1.3680043.8.498.302", "RTSTRUCT")).Single(), Path.Combine(folder, "contours.dcm"));
        string still = await WriteAsync("fixed", PhantomHead.HeadCentre(9), RigidTransform.Identity);

        CommandLineRun run = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", folder, "--output", Path.Combine(_folder, "out"), "--json");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            $"{folder}: series 1.2.826.0.1.3680043.8.498.301 was taken; left out: 1 RTSTRUCT files.",
            JsonNode.Parse(run.Output)!["notes"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("MR")]
    [InlineData("CT")]
    public async Task Folders_below_are_read_and_the_moving_image_can_be_a_derived_series_of_the_fixed_one(string modality)
    {
        const string StillUid = "1.2.826.0.1.3680043.8.498.311", MovingUid = "1.2.826.0.1.3680043.8.498.312";
        string still = Below("study", await WriteSeriesAsync("fixed", StillUid)), moving = await WriteSeriesAsync("moving", MovingUid);
        string output = Path.Combine(_folder, "out");
        if (modality == "CT")
            await MakeCtAsync(moving);

        CommandLineRun run = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", moving, "--output", output, "--dicom", "--json");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("moving", JsonNode.Parse(run.Output)!["files"]!.AsArray().Select(f => f!.GetValue<string>()));
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(output, "moving")).Order(StringComparer.Ordinal)];
        SeriesVolume written = await SeriesVolumeReader.ReadFilesAsync(files, Cancellation);
        Volume<float> nifti = await NiftiFile.ReadImageAsync(Path.Combine(output, "moving.nii.gz"), Cancellation);
        Assert.True(written.Volume.Geometry.Coincides(nifti.Geometry, 0.01));
        Assert.All(nifti.Voxels, v => Assert.Equal(MathF.Round(v), v));
        Assert.All(written.Volume.Voxels.Zip(nifti.Voxels), v => Assert.InRange(v.First - v.Second, -0.51, 0.51));
        Assert.Equal((StillUid + ".1", modality), (written.Series.FrameOfReferenceUid, written.Modality));
        Assert.DoesNotContain(written.Series.SeriesInstanceUid, new[] { StillUid, MovingUid });
        Assert.Equal(["DERIVED", "SECONDARY"], written.FirstDataset.GetValues<string>(DicomTag.ImageType).Take(2));
        Assert.StartsWith(MovingUid, written.FirstDataset.GetSequence(DicomTag.SourceImageSequence).Items[0].GetSingleValue<string>(DicomTag.ReferencedSOPInstanceUID), StringComparison.Ordinal);
        await DicomValidators.DciodvfyAcceptsAsync(files[files.Length / 2], Cancellation);
    }

    [Fact]
    public async Task A_derived_series_is_not_written_of_a_file_that_is_no_series_and_that_is_told()
    {
        string still = await WriteAsync("fixed", PhantomHead.HeadCentre(9), RigidTransform.Identity);

        CommandLineRun run = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", still, "--output", Path.Combine(_folder, "out"), "--dicom", "--json");

        Assert.Contains(JsonNode.Parse(run.Output)!["notes"]!.AsArray(), n => n!.GetValue<string>().StartsWith("No DICOM series of the moving image was written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_series_one_must_be_named()
    {
        string folder = await WriteSeriesAsync("dicom", "1.2.826.0.1.3680043.8.498.301");
        foreach (string file in Directory.EnumerateFiles(await WriteSeriesAsync("more", "1.2.826.0.1.3680043.8.498.303")))
            File.Move(file, Path.Combine(folder, "more-" + Path.GetFileName(file)));
        string still = await WriteAsync("fixed", PhantomHead.HeadCentre(9), RigidTransform.Identity);

        CommandLineRun none = await CommandLineRun.OfAsync("register", "--fixed", still, "--moving", folder, "--output", Path.Combine(_folder, "out"));
        CommandLineRun unknown = await CommandLineRun.OfAsync(
            "register", "--fixed", still, "--moving", folder, "--moving-series", "1.2.3", "--output", Path.Combine(_folder, "out"));
        CommandLineRun named = await CommandLineRun.OfAsync(
            "register", "--fixed", still, "--moving", folder, "--moving-series", "1.2.826.0.1.3680043.8.498.303", "--output", Path.Combine(_folder, "out"), "--json");

        Assert.Contains("holds 2 series; give one of them by --moving-series: 1.2.826.0.1.3680043.8.498.301 (MR, 92 files", none.Error, StringComparison.Ordinal);
        Assert.Contains("holds no series 1.2.3, but 1.2.826", unknown.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.JobFailed, ExitCode.JobFailed, ExitCode.Success), (none.ExitCode, unknown.ExitCode, named.ExitCode));
        Assert.Equal("1.2.826.0.1.3680043.8.498.303", JsonNode.Parse(named.Output)!["moving"]!["seriesInstanceUid"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_image_that_is_none_is_named()
    {
        string text = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(text, "no image", Cancellation);

        CommandLineRun file = await CommandLineRun.OfAsync("register", "--fixed", text, "--moving", text, "--output", Path.Combine(_folder, "out"));
        CommandLineRun folder = await CommandLineRun.OfAsync("register", "--fixed", _folder, "--moving", _folder, "--output", Path.Combine(_folder, "out"));

        Assert.Equal($"dicomrn: {text}: neither a folder nor a NIfTI file (.nii, .nii.gz).", file.Error.Trim());
        Assert.Equal($"dicomrn: {_folder}: neither DICOM files nor a NIfTI file.", folder.Error.Trim());
        Assert.Equal((ExitCode.JobFailed, ExitCode.JobFailed), (file.ExitCode, folder.ExitCode));
    }

    private static async Task MakeCtAsync(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder).ToArray())
        {
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadAll);
            file.Dataset.AddOrUpdate(DicomTag.Modality, "CT");
            file.Dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage);
            file.Dataset.AddOrUpdate(DicomTag.RescaleIntercept, "0");
            file.Dataset.AddOrUpdate(DicomTag.RescaleSlope, "1");
            foreach (DicomTag tag in new[] { DicomTag.ScanningSequence, DicomTag.SequenceVariant, DicomTag.ScanOptions, DicomTag.MRAcquisitionType,
                DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength, DicomTag.FlipAngle, DicomTag.MagneticFieldStrength })
                file.Dataset.Remove(tag);
            await new DicomFile(file.Dataset).SaveAsync(path);
        }
    }

    private string Below(string name, string series)
    {
        string folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        Directory.Move(series, Path.Combine(folder, "series"));
        return folder;
    }

    private async Task<string> WriteSeriesAsync(string name, string uid, string modality = "MR")
    {
        PatientPoint center = PhantomHead.HeadCentre(9);
        Volume<float> volume = await NiftiFile.ReadImageAsync(await WriteAsync(name, center, RigidTransform.Identity), Cancellation);
        string folder = Path.Combine(_folder, name);
        ExportEquipment scanner = new() { Manufacturer = "Test scanner", ModelName = "One", DeviceSerialNumber = "1", SoftwareVersions = "1" };
        ExportPatient patient = new() { Name = "Test^One", Id = "TEST-1", BirthDate = new DateOnly(1960, 2, 3), Sex = "F" };
        ExportStudy study = new() { StudyInstanceUid = "1.2.826.0.1.3680043.8.498.300", Date = new DateTime(2025, 3, 1, 10, 0, 0), Id = "7", AccessionNumber = "A7" };
        ExportSeries series = new() { SeriesInstanceUid = uid, Number = 3, Description = "t1", Date = study.Date, BodyPart = "BRAIN", PatientPosition = "HFS" };
        ImageSeries images = await new MrSeriesExport
        {
            Volume = volume,
            Patient = patient,
            Study = study,
            Series = series,
            Equipment = scanner,
            Acquisition = new MrAcquisition(),
            FrameOfReferenceUid = uid + ".1",
            SopInstanceUids = [.. Enumerable.Range(1, volume.Geometry.Slices).Select(n => $"{uid}.2.{n}")],
        }.WriteAsync(folder, Cancellation);
        if (modality == "MR")
            return folder;
        string contours = Path.Combine(_folder, name + "-rtstruct");
        Directory.CreateDirectory(contours);
        Volume<byte> mask = new(volume.Geometry);
        mask[46, 55, 46] = mask[47, 55, 46] = mask[46, 56, 46] = mask[47, 56, 46] = 1;
        await new RtStructExport
        {
            Images = images,
            Patient = patient,
            Study = study,
            Series = series with { SeriesInstanceUid = uid + ".3" },
            Equipment = scanner,
            SopInstanceUid = uid + ".4",
            Rois = [new RtExportRoi { Name = "GTV", Mask = mask, InterpretedType = "GTV" }],
        }.WriteAsync(Path.Combine(contours, "rtstruct.dcm"), Cancellation);
        return contours;
    }

    private async Task<string> WriteAsync(string name, PatientPoint center, RigidTransform pose)
    {
        VolumeGeometry grid = VolumeGeometry.Axial(92, 110, 92, 2, PatientPoint.Origin);
        grid = grid with { Origin = grid.Origin + (pose.Apply(center) - grid.Center) };
        PhantomHead head = PhantomHead.Generate(new PhantomOptions { Seed = 9, Grid = pose.Inverse.Apply(grid) }, Cancellation);
        string path = Path.Combine(_folder, name + ".nii.gz");
        await NiftiFile.WriteAsync(path, new Volume<float>(grid, head.T1ce.Voxels), Cancellation);
        return path;
    }
}
