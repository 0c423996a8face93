namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>The built <c>dicomrn</c>, run as its users run it: a process of its own.</summary>
internal static class DicomRnProgram
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "dicomrn.dll");

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Starts a command that keeps running.</summary>
    public static RunningProgram Start(
        string workingFolder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        RunningProgram.Start(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Assembly, .. arguments], workingFolder, environment);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string workingFolder, params string[] arguments)
    {
        await using RunningProgram program = Start(workingFolder, arguments);
        int exitCode = await program.ExitAsync(Limit);
        return (exitCode, program.Output, program.Error);
    }
}
