using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

/// <summary>The command line of <c>routes</c>; the plan is tested with the store, the whole beside a running node.</summary>
public sealed class RoutesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("routes")]
    [InlineData("routes", "--study", "1.2.3", "--at", "tonight")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(arguments);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Data_directory_without_a_state_store_is_told_in_one_line()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("routes", "--study", "1.2.3", "--data", _folder.Path);

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal($"dicomrn: {Path.Combine(_folder.Path, "state", "dicomrn.db")}: no state store of a node is there.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task Route_to_a_peer_that_is_none_is_told_as_an_error_of_the_settings()
    {
        CommandLineRun run = await CommandLineRun.OfAsync(
            "routes", "--study", "1.2.3", "--data", _folder.Path, "--set", "Delivery:Routes:night:Destinations:0=VMA");

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("Delivery:Routes:night:Destinations = 'VMA': no such peer", run.Error, StringComparison.Ordinal);
    }
}
