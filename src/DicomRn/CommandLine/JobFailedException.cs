namespace DicomRn.CommandLine;

/// <summary>
/// The job cannot be done, for a reason that the person at the keyboard can act on. The message is one line that
/// names the file or the peer and the reason; it is all that is shown. The exit status becomes <see cref="ExitCode.JobFailed"/>.
/// </summary>
internal sealed class JobFailedException : Exception
{
    public JobFailedException(string message)
        : base(message)
    {
    }

    public JobFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
