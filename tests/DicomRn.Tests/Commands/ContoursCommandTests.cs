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
    [InlineData("STS_002")]
    [InlineData("STS_008")]
    [InlineData("STS_019")]
    [InlineData("STS_025")]
    [InlineData("STS_026")]
    [InlineData("STS_035")]
    [InlineData("STS_042")]
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
    public async Task Contours_of_other_images_are_refused_in_one_line()
    {
        string own = TestData.Require("mr-rtstruct-sts", "dicom", "STS_002", "MR_T1", "mask", "RS.dcm");
        string other = TestData.Require("mr-rtstruct-sts", "dicom", "STS_042", "MR_T1", "image");

        CommandLineRun run = await CommandLineRun.OfAsync("contours", own, "--image", other, "--output", _output);

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("another frame of reference", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
