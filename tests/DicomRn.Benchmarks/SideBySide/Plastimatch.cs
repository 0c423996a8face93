namespace DicomRn.Benchmarks.SideBySide;

/// <summary>The program plastimatch (Debian package of that name).</summary>
internal static class Plastimatch
{
    /// <summary>Runs it.</summary>
    /// <returns>Seconds from its start to its end.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it wrote.</exception>
    public static Task<double> RunAsync(string[] arguments, CancellationToken cancellationToken) => TimedProgram.RunAsync("plastimatch", arguments, cancellationToken);
}
