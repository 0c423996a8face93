using System.CommandLine;
using System.CommandLine.Invocation;

namespace DicomRn.CommandLine;

/// <summary>Parses the command line, runs the command and turns its end into an exit status.</summary>
internal static class CommandLineProgram
{
    /// <summary>How long a command may take to end after Ctrl-C or SIGTERM before the process ends without it.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(45);

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, CancellationToken cancellationToken = default)
    {
        ParseResult parsed;
        try
        {
            parsed = ProgramCommands.CreateRoot(console, args.FirstOrDefault()).Parse(args);
        }
        catch (InvalidOperationException e) when (e.Source == typeof(ParseResult).Assembly.GetName().Name)
        {
            // A validator asked for a value that could not be converted, before the parser came to report it.
            console.Error.WriteLine(e.Message);
            return ExitCode.WrongUsage;
        }

        if (parsed.Action is ParseErrorAction wrongUsage)
            return ReportWrongUsage(parsed, wrongUsage, console);

        InvocationConfiguration configuration = new()
        {
            Output = console.Output,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static int ReportWrongUsage(ParseResult parsed, ParseErrorAction action, CommandConsole console)
    {
        bool commandIsMissing = parsed.CommandResult.Command.Action is null;
        action.ShowHelp = commandIsMissing;
        parsed.Invoke(new InvocationConfiguration { Output = console.Error, Error = console.Error });
        if (!commandIsMissing)
            console.Error.WriteLine($"Run '{CommandPath(parsed)} --help' for the usage.");
        return ExitCode.WrongUsage;
    }

    private static string CommandPath(ParseResult parsed)
    {
        List<string> names = [];
        for (Symbol? command = parsed.CommandResult.Command; command is Command and not RootCommand; command = command.Parents.FirstOrDefault())
            names.Insert(0, command.Name);
        return string.Join(' ', names.Prepend("dicomrn"));
    }
}
