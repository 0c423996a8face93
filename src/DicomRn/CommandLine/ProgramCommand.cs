using System.CommandLine;

namespace DicomRn.CommandLine;

/// <summary>
/// The base of every command that does something.
/// <para>
/// To add a command: write <c>Commands/XyzCommand.cs</c> with a class that derives from this one, make its options and
/// arguments private fields that the constructor passes to <see cref="Command.Add(Option)"/>, give at least one line to
/// <see cref="AddExample"/>, override <see cref="RunAsync"/>, and add one line to <see cref="ProgramCommands"/>.
/// </para>
/// <para>
/// <see cref="RunAsync"/> writes results to <see cref="CommandConsole.Output"/> and everything else to
/// <see cref="CommandConsole.Error"/>, returns an <see cref="ExitCode"/>, and throws <see cref="JobFailedException"/> (or lets
/// an exception of the lower projects pass) where the job cannot be done: <see cref="FailureReport"/> makes one line of it.
/// What can be known to be wrong from the command line alone belongs into a parser or validator of the option, so that it
/// ends with <see cref="ExitCode.WrongUsage"/>. Peers are parsed by <see cref="PeerAddress.CreateArgument"/>, long work is
/// shown by <see cref="CommandConsole.TrackAsync"/>, tables are written by <see cref="TextTable"/>.
/// </para>
/// </summary>
internal abstract class ProgramCommand : Command
{
    private readonly List<CommandExample> _examples = [];

    protected ProgramCommand(CommandConsole console, string name, string description)
        : base(name, description)
    {
        Console = console;
        SetAction(RunGuardedAsync);
    }

    /// <summary>Lines shown at the end of <c>--help</c>.</summary>
    public IReadOnlyList<CommandExample> Examples => _examples;

    /// <summary>Where the command writes.</summary>
    protected CommandConsole Console { get; }

    /// <summary>Does the job.</summary>
    /// <param name="arguments">The parsed command line; <c>arguments.GetValue(option)</c> and <c>GetRequiredValue</c> read it.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C and SIGTERM.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken);

    /// <summary>Adds a command line that can be copied, without the leading <c>dicomrn</c>, and what it does.</summary>
    protected void AddExample(string commandLine, string purpose) => _examples.Add(new CommandExample(commandLine, purpose));

    private async Task<int> RunGuardedAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(arguments, cancellationToken);
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine(FailureReport.Describe(failure, cancellationToken));
            return ExitCode.JobFailed;
        }
    }
}
