using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DicomRn.CommandLine;

/// <summary>The library's help text, followed by the examples of the command and the exit statuses.</summary>
internal sealed class ExamplesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Asking for help is never wrong usage, whatever else is on the line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Makes the <c>--help</c> of <paramref name="root"/> and all its commands show examples.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExamplesHelpAction((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not ProgramCommand { Examples.Count: > 0 } command)
            return ExitCode.Success;
        output.WriteLine("Examples:");
        foreach (CommandExample example in command.Examples)
        {
            output.WriteLine($"  # {example.Purpose}");
            output.WriteLine($"  dicomrn {example.CommandLine}");
        }

        output.WriteLine();
        output.WriteLine("Exit status: 0 done, 1 failed, 2 wrong usage. Results go to stdout, all else to stderr.");
        return ExitCode.Success;
    }
}
