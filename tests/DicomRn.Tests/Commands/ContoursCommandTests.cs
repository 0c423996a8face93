using System.Globalization;
using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class ContoursCommandTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("dicomrn-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Theory]
    [MemberData(nameof(TestData.SarcomaPatients), MemberType = typeof(TestData))]
    public async Task Mask_of_a_real_structure_set_is_the_published_one_voxel_by_voxel(string patient)
    {
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1");
        string truth = TestData.Require("mr-rtstruct-sts", "nifti", patient, "MR_T1_mask.nii.gz");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "contours", Path.Combine(dicom, "mask", "RS.dcm"), "--image", Path.Combine(dicom, "image"), "--output", _output, "--json");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonNode roi = JsonNode.Parse(run.Output)![0]!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Volume<byte> mask = await NiftiFile.ReadMaskAsync(roi["file"]!.GetValue<string>(), cancellation);
        Volume<byte> expected = await NiftiFile.ReadMaskAsync(truth, cancellation);
        Assert.True(mask.Geometry.Coincides(expected.Geometry, 0.01));
        Assert.Equal(0, mask.Voxels.Zip(expected.Voxels).Count(p => p.First != p.Second));
        Assert.Equal(expected.Voxels.Sum(v => (long)v), roi["voxels"]!.GetValue<long>());
        Assert.Equal(expected.Voxels.Sum(v => (double)v) * mask.Geometry.VoxelVolume, roi["volumeMm3"]!.GetValue<double>(), tolerance: 0.1);
    }

    [Fact]
    public async Task Table_gives_voxel_count_and_volume()
    {
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "contours", Path.Combine(dicom, "mask", "RS.dcm"), "--image", Path.Combine(dicom, "image"), "--output", _output);

        string line = Assert.Single(run.Output.Split('\n'), l => l.Contains("GTV_Mass_MR_T1.nii.gz", StringComparison.Ordinal));
        string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(long.Parse(cells[2], CultureInfo.InvariantCulture) > 0);
        Assert.True(double.Parse(cells[3], CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task As_JSON_each_region_says_how_its_contours_lie_to_the_slices()
    {
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "contours", Path.Combine(dicom, "mask", "RS.dcm"), "--image", Path.Combine(dicom, "image"), "--output", _output, "--json");

        JsonNode contours = JsonNode.Parse(run.Output)![0]!["contours"]!;
        Assert.False(contours["interpolated"]!.GetValue<bool>());
        Assert.Equal(1, contours["partInside"]!.GetValue<double>());
        Assert.Equal(0, contours["leftOut"]!.GetValue<int>());
        Assert.Equal(0, contours["offReferencedImage"]!.GetValue<int>());
        Assert.True(contours["used"]!.GetValue<int>() > 5);
    }

    [Fact]
    public async Task Segments_are_written_like_contours_and_say_whether_they_were_resampled()
    {
        string data = TestData.Require("seg-sr", "dcmqi", "segmentations");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "contours", Path.Combine(data, "liver.dcm"), "--image", Path.Combine(data, "ct-3slice"), "--output", _output, "--json");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonNode segment = JsonNode.Parse(run.Output)![0]!;
        Assert.False(segment["segment"]!["resampled"]!.GetValue<bool>());
        Assert.Equal(segment["segment"]!["pixels"]!.GetValue<long>(), segment["voxels"]!.GetValue<long>());
        Assert.True(File.Exists(segment["file"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Contours_in_no_volume_are_refused_with_the_reason_of_the_volume()
    {
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1");
        string images = TestData.Require("geometry-to-reject", "gantrytilting", "001");

        CommandLineRun run = await CommandLineRun.OfAsync("contours", Path.Combine(dicom, "mask", "RS.dcm"), "--image", images, "--output", _output);

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("gantry tilt", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_the_series_does_not_have_is_refused()
    {
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "contours", Path.Combine(dicom, "mask", "RS.dcm"), "--image", Path.Combine(dicom, "image"), "--output", _output, "--stack", "2");

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("there is no stack 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contours_of_other_images_are_refused_in_one_line()
    {
        string own = TestData.Require("mr-rtstruct-sts", "dicom", "STS_002", "MR_T1", "mask", "RS.dcm");
        string other = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1", "image");

        CommandLineRun run = await CommandLineRun.OfAsync("contours", own, "--image", other, "--output", _output);

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("another frame of reference", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
