using System.Globalization;
using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class RadiomicsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Features_are_written_as_csv_and_as_json()
    {
        (string image, string mask) = await CubeAsync(8);

        CommandLineRun csv = await CommandLineRun.OfAsync("radiomics", "--image", image, "--mask", mask, "--label", "1", "--bin-width", "1", "--range", "0,inf");
        CommandLineRun json = await CommandLineRun.OfAsync("radiomics", "--image", image, "--mask", mask, "--label", "1", "--bin-width", "1", "--range", "0,inf", "--json");

        Assert.Equal((ExitCode.Success, ""), (csv.ExitCode, csv.Error));
        string[] lines = csv.Output.TrimEnd().Split('\n');
        Assert.Equal("feature,value", lines[0]);
        // Half of an 8³ block of 2 mm, at steps of 1 along I: 0 to 3.
        Assert.Equal(1.5, Value(lines, "stat_mean"));
        Assert.Equal(4 * 8 * 8 * 8.0, Value(lines, "morph_vol_approx"));
        Assert.Equal(1.5, JsonNode.Parse(json.Output)!["stat_mean"]!.GetValue<double>());
    }

    [Fact]
    public async Task PyRadiomics_names_come_from_that_profile_and_label_selects_the_region()
    {
        (string image, string mask) = await CubeAsync(8);
        string output = Path.Combine(_folder, "features.csv");

        CommandLineRun run = await CommandLineRun.OfAsync(
            "radiomics", "--image", image, "--mask", mask, "--profile", "pyradiomics", "--label", "2", "--output", output);

        Assert.Equal((ExitCode.Success, "", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(5.5, Value(await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken), "original_firstorder_Mean"));
    }

    [Fact]
    public async Task Brain_of_the_baseline_has_its_features_from_nrrd()
    {
        string image = TestData.Require("pyradiomics", "brain1_image.nrrd"), mask = TestData.Require("pyradiomics", "brain1_label.nrrd");

        CommandLineRun run = await CommandLineRun.OfAsync("radiomics", "--image", image, "--mask", mask, "--profile", "pyradiomics", "--bin-width", "25");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(47.492125114429776, Value(run.Output.Split('\n'), "original_glcm_Contrast"), 9);
    }

    [Fact]
    public async Task Faults_of_files_are_told_in_one_line_that_names_them()
    {
        (string image, string mask) = await CubeAsync(8);
        (_, string other) = await CubeAsync(9);
        string settings = Path.Combine(_folder, "params.yaml"), text = Path.Combine(_folder, "text.nii");
        await File.WriteAllTextAsync(settings, "setting: {binWidht: 1}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(text, "not an image", TestContext.Current.CancellationToken);

        await FailsAsync(["--image", "absent.nii", "--mask", mask], "absent.nii: no such file");
        await FailsAsync(["--image", text, "--mask", mask], "text.nii");
        await FailsAsync(["--image", image, "--mask", other], "cube9-mask.nii.gz: the mask is not on the grid of");
        await FailsAsync(["--image", image, "--mask", mask, "--label", "7"], "cube8-mask.nii.gz: no voxel has the value 7");
        await FailsAsync(["--image", image, "--mask", mask, "--range", "100,200"], "no voxel of the mask has an intensity in the range");
        await FailsAsync(["--image", image, "--mask", mask, "--settings", settings], "params.yaml: 'binWidht' is not a known setting");
    }

    [Theory]
    [InlineData("--bin-width", "0")]
    [InlineData("--spacing", "-1")]
    [InlineData("--bin-count", "0")]
    [InlineData("--range", "5")]
    [InlineData("--range", "9,1")]
    [InlineData("--profile", "other")]
    public async Task Options_that_make_no_sense_are_wrong_usage(string option, string value) => Assert.Equal(
        ExitCode.WrongUsage, (await CommandLineRun.OfAsync("radiomics", "--image", "a", "--mask", "b", option, value)).ExitCode);

    [Fact]
    public async Task Bin_width_and_bin_count_exclude_each_other() => Assert.Equal(
        ExitCode.WrongUsage,
        (await CommandLineRun.OfAsync("radiomics", "--image", "a", "--mask", "b", "--bin-width", "1", "--bin-count", "2")).ExitCode);

    private static async Task FailsAsync(string[] arguments, string message)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(["radiomics", .. arguments]);
        Assert.Equal((ExitCode.JobFailed, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static double Value(string[] lines, string feature) => double.Parse(
        Assert.Single(lines, l => l.StartsWith(feature + ",", StringComparison.Ordinal)).Split(',')[1], CultureInfo.InvariantCulture);

    // Intensities rise along I; label 1 is the lower half of that axis (4 columns), label 2 the rest.
    private async Task<(string Image, string Mask)> CubeAsync(int size)
    {
        VolumeGeometry grid = VolumeGeometry.Axial(size, size, size, 2, PatientPoint.Origin);
        Volume<float> image = new(grid);
        Volume<byte> mask = new(grid);
        for (int n = 0; n < mask.Voxels.Length; n++)
            (image.Voxels[n], mask.Voxels[n]) = (n % size, n % size < 4 ? (byte)1 : (byte)2);
        (string imageFile, string maskFile) = (Path.Combine(_folder, $"cube{size}.nii.gz"), Path.Combine(_folder, $"cube{size}-mask.nii.gz"));
        await NiftiFile.WriteAsync(imageFile, image, TestContext.Current.CancellationToken);
        await NiftiFile.WriteAsync(maskFile, mask, TestContext.Current.CancellationToken);
        return (imageFile, maskFile);
    }
}
