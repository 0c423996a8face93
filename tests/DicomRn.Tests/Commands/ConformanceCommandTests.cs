using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class ConformanceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Statement_goes_to_stdout_or_to_a_file_and_is_the_same()
    {
        string file = Path.Combine(_folder.Path, "conformance.md");

        CommandLineRun shown = await CommandLineRun.OfAsync("conformance", "--set", "Node:AeTitle=RNNODE");
        CommandLineRun written = await CommandLineRun.OfAsync("conformance", "--set", "Node:AeTitle=RNNODE", "--output", file);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (shown.ExitCode, written.ExitCode));
        Assert.StartsWith("# DICOM Conformance Statement\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("RNNODE", shown.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Output, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Empty(written.Output);
    }

    [Fact]
    public async Task Wrong_settings_are_told_and_nothing_is_written()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("conformance", "--set", "Node:Port=70000");

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("Node:Port", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_told_in_one_line()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("conformance", "--output", Path.Combine(_folder.Path, "none", "conformance.md"));

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
