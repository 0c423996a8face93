using System.Diagnostics;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>The program plastimatch (Debian package of that name).</summary>
internal static class Plastimatch
{
    /// <summary>Runs it.</summary>
    /// <returns>Seconds from its start to its end.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it wrote.</exception>
    public static async Task<double> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo("plastimatch", arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("plastimatch did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"plastimatch failed: {await error} {output}");
    }
}
