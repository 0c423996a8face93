using System.Diagnostics;

namespace DicomRn.TestSupport;

/// <summary>Programs of Debian packages that some tests compare with; a test skips, naming the package, where one is missing.</summary>
internal static class ExternalTool
{
    /// <summary>The full path of <paramref name="program"/>, or a skipped test that names the package to install.</summary>
    public static string Require(string program, string package)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (folder.Length == 0)
                continue;
            string path = Path.Combine(folder, program);
            if (File.Exists(path))
                return path;
            if (File.Exists(path + ".exe"))
                return path + ".exe";
        }

        foreach (string folder in new[] { "/usr/bin", "/usr/sbin", "/usr/local/bin" })
        {
            string path = Path.Combine(folder, program);
            if (File.Exists(path))
                return path;
        }

        Assert.Skip($"{program} is not installed (Debian package {package}).");
        return "";
    }

    /// <summary>Runs a program to its end and returns exit status, stdout and stderr.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
