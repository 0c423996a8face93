using DicomRn.Commands;
using DicomRn.Tests.CommandLine;

namespace DicomRn.Tests.Commands;

/// <summary>The command lines of <c>find</c>, <c>get</c> and <c>send --commit</c>; what they do is tested against real peers.</summary>
public sealed class QueryCommandTests
{
    [Theory]
    [InlineData("PatientID=4711", "00100020", "4711")]
    [InlineData("0010,0020=A=B", "00100020", "A=B")]
    [InlineData("StudyDate", "00080020", "")]
    public void Key_is_a_keyword_or_a_tag_and_a_value(string text, string tag, string value)
    {
        QueryKey key = QueryKey.Parse(text);
        Assert.Equal((tag, value), (key.Tag.ToString("J", null), key.Value));
    }

    [Theory]
    [InlineData("PatientNumber=1")]
    [InlineData("0010=1")]
    [InlineData("0011,1020=1")]
    [InlineData("OtherPatientIDsSequence=1")]
    [InlineData("")]
    public void Key_that_names_no_attribute_with_a_value_is_none(string text) => Assert.Throws<FormatException>(() => QueryKey.Parse(text));

    [Theory]
    [InlineData("find", "PACS@localhost:104", "--key", "Nonsense=1")]
    [InlineData("find", "PACS@localhost:104", "--level", "frame")]
    [InlineData("find", "PACS@localhost:104", "--level", "patient", "--model", "study")]
    [InlineData("find", "PACS@localhost:104", "--limit", "0")]
    [InlineData("find", "PACS@localhost:104", "--timeout", "00:00:00")]
    [InlineData("get", "PACS@localhost:104", "--output", "x")]
    [InlineData("get", "PACS@localhost:104", "--output", "x", "--study", "1..2")]
    [InlineData("get", "PACS@localhost:104", "--output", "x", "--study", "1.2", "--instance", "1.3")]
    [InlineData("get", "PACS@localhost:104", "--output", "x", "--study", "1.2", "--move-to", "ME")]
    [InlineData("get", "PACS@localhost:104", "--output", "x", "--study", "1.2", "--move-to", "ME", "--listen", "70000")]
    [InlineData("send", "PACS@localhost:104", "x", "--listen", "104")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("find", "NOBODY@127.0.0.1:1")]
    [InlineData("echo", "NOBODY@127.0.0.1:1")]
    public async Task Peer_that_is_not_there_ends_with_1_and_one_line_that_names_it(params string[] arguments)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(arguments);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("dicomrn: NOBODY@127.0.0.1:1: cannot connect", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("get")]
    [InlineData("send")]
    public async Task Help_shows_examples(string command)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(command, "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("dicomrn " + command + " PACS@", run.Output, StringComparison.Ordinal);
    }
}
