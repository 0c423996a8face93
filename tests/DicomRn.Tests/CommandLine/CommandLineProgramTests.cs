using System.CommandLine;
using DicomRn.CommandLine;

namespace DicomRn.Tests.CommandLine;

public sealed class CommandLineProgramTests
{
    [Fact]
    public async Task Without_a_command_the_usage_goes_to_stderr_and_the_status_is_2()
    {
        CommandLineRun run = await CommandLineRun.OfAsync();

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("dump", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dump")]
    [InlineData("dump", "--no-such-option", "a.dcm")]
    [InlineData("no-such-command")]
    [InlineData("receive", "--port", "x", "--output", "out")]
    [InlineData("send", "PACS@127.0.0.1:104", "study", "--commit", "--listen", "x")]
    [InlineData("echo", "PACS@127.0.0.1:104", "--timeout", "x")]
    [InlineData("find", "PACS@127.0.0.1:104", "--key", "PatientID=1", "--limit", "x")]
    [InlineData("find", "PACS@127.0.0.1:104", "--key", "PatientID=1", "--limit", "0")]
    [InlineData("phantom", "study", "--output", "out", "--seed", "x")]
    public async Task Wrong_usage_says_so_on_stderr_and_ends_with_2(params string[] args)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(args);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_argument_points_at_the_help_of_its_command()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("dump");

        Assert.Contains("dicomrn dump --help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_one_line_that_names_it_and_ends_with_1()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("dump", "no-such-file.dcm");

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("no-such-file.dcm", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_shows_an_example_and_describes_all_its_options()
    {
        foreach (Command command in Leaves(ProgramCommands.CreateRoot(new CommandConsole(TextWriter.Null, TextWriter.Null))))
        {
            ProgramCommand program = Assert.IsType<ProgramCommand>(command, exactMatch: false);
            Assert.NotEmpty(program.Examples);
            Assert.All(program.Examples, e => Assert.StartsWith(Path(program), e.CommandLine, StringComparison.Ordinal));
            Assert.False(string.IsNullOrWhiteSpace(program.Description));
            Assert.All(program.Options.Cast<Symbol>().Concat(program.Arguments), s => Assert.False(string.IsNullOrWhiteSpace(s.Description), s.Name));
        }

        static IEnumerable<Command> Leaves(Command command) =>
            command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

        static string Path(Command command) =>
            command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Path(parent)} {command.Name}" : command.Name;
    }

    [Fact]
    public void Command_line_that_begins_with_a_command_makes_that_one_alone()
    {
        CommandConsole console = new(TextWriter.Null, TextWriter.Null);
        string[] all = [.. ProgramCommands.CreateRoot(console).Subcommands.Select(command => command.Name)];
        foreach (string name in all)
            Assert.Equal(name, Assert.Single(ProgramCommands.CreateRoot(console, name).Subcommands).Name);
        foreach (string? other in new[] { null, "--help", "sedn" })
            Assert.Equal(all, ProgramCommands.CreateRoot(console, other).Subcommands.Select(command => command.Name));
    }

    [Fact]
    public void Every_example_parses()
    {
        RootCommand root = ProgramCommands.CreateRoot(new CommandConsole(TextWriter.Null, TextWriter.Null));
        foreach (CommandExample example in Examples(root))
            Assert.Empty(root.Parse(example.CommandLine.Split('|')[0].Trim()).Errors);

        static IEnumerable<CommandExample> Examples(Command command) =>
            (command is ProgramCommand program ? program.Examples : []).Concat(command.Subcommands.SelectMany(Examples));
    }

    [Fact]
    public async Task Help_ends_with_the_examples()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("dump", "--help");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("dicomrn dump IM0001.dcm", run.Output, StringComparison.Ordinal);
    }
}
