using DicomRn.CommandLine;

namespace DicomRn.Tests.CommandLine;

/// <summary>One command line, run inside the test process.</summary>
internal sealed record CommandLineRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandLineRun> OfAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = await CommandLineProgram.RunAsync(args, new CommandConsole(output, error), TestContext.Current.CancellationToken);
        return new CommandLineRun(exitCode, output.ToString(), error.ToString());
    }
}
