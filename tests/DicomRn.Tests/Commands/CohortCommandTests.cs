using DicomRn.CommandLine;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class CohortCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Phantom_cohort_is_counted_and_another_one_is_not_mixed_with_it()
    {
        CommandLineRun run = await PhantomAsync("1");
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("external     phantom B", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["cohort", "cohort.csv"]));
        CommandLineRun other = await PhantomAsync("2");
        Assert.Equal(ExitCode.JobFailed, other.ExitCode);
        Assert.Contains("other options", Assert.Single(other.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phantom", "cohort", "--output", "o", "--seed", "1", "--edge", "8")]
    [InlineData("phantom", "cohort", "--output", "o", "--seed", "1", "--unlabelled", "0", "--labelled", "0", "--external", "0")]
    [InlineData("import", "brats-mets", "s", "--output", "o", "--lesion-values", "1,x")]
    [InlineData("import", "molab", "s", "--output", "o", "--index-scan", "best")]
    [InlineData("import", "yale", "s", "--output", "o", "--lesion-values", "1")]
    public async Task Wrong_options_are_wrong_usage(params string[] args) =>
        Assert.Equal(ExitCode.WrongUsage, (await CommandLineRun.OfAsync(args)).ExitCode);

    [Fact]
    public async Task Import_tells_what_there_is_and_what_was_left_out()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(4, 4, 4, 1, PatientPoint.Origin);
        Volume<byte> segmentation = new(grid);
        Array.Fill(segmentation.Voxels, (byte)3, 0, 8);
        foreach (string exam in new[] { "BraTS-MET-00001-000", "BraTS-MET-00002-000" })
            Directory.CreateDirectory(_folder["source", exam]);
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await NiftiFile.WriteAsync(_folder["source", "BraTS-MET-00001-000", "BraTS-MET-00001-000-t1c.nii.gz"], new Volume<float>(grid), cancel);
        await NiftiFile.WriteAsync(_folder["source", "BraTS-MET-00001-000", "BraTS-MET-00001-000-seg.nii.gz"], segmentation, cancel);
        CommandLineRun run = await CommandLineRun.OfAsync("import", "brats-mets", _folder["source"], "--output", _folder["cohort"]);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("1 × no t1c image", run.Output, StringComparison.Ordinal);
        Assert.Contains("BraTS-MET-00002-000: no t1c image", run.Error, StringComparison.Ordinal);
        string[] table = await File.ReadAllLinesAsync(_folder["cohort", "cohort.csv"], cancel);
        Assert.StartsWith("00001,BraTS-MET-00001-000-1,1,", table[1], StringComparison.Ordinal);
    }

    private Task<CommandLineRun> PhantomAsync(string seed) => CommandLineRun.OfAsync(
        "phantom", "cohort", "--output", _folder["cohort"], "--seed", seed, "--unlabelled", "1", "--labelled", "2", "--external", "1", "--time-points", "1");
}
