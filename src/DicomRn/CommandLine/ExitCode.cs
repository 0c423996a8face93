namespace DicomRn.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The job was done.</summary>
    public const int Success = 0;

    /// <summary>The job failed; a line on stderr says why.</summary>
    public const int JobFailed = 1;

    /// <summary>The command line itself is wrong; nothing was done.</summary>
    public const int WrongUsage = 2;
}
