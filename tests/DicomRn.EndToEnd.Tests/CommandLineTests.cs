using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>The exit statuses and streams of the real process.</summary>
[Collection(SideBySide.Peers)]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("dump")]
    [InlineData("dump", "a.dcm", "b.dcm")]
    [InlineData("no-such-command")]
    public async Task Wrong_usage_ends_with_2_and_leaves_stdout_empty(params string[] arguments)
    {
        using ScratchFolder folder = new();

        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(folder.Path, arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("dump", "missing")]
    [InlineData("dump", "garbage")]
    [InlineData("dump", "empty")]
    public async Task Bad_input_ends_with_1_and_one_line_that_names_it(string command, string file)
    {
        using ScratchFolder folder = new();
        await File.WriteAllTextAsync(folder["garbage"], "This is a text and not a data set.", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["empty"], [], TestContext.Current.CancellationToken);

        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(folder.Path, command, file);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
    }
}
