using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Fetching;

/// <summary>Log messages of fetching: events 3200 to 3299.</summary>
internal static partial class FetchingLog
{
    [LoggerMessage(3200, LogLevel.Information, "Study {Study}: others are asked for what it lacks")]
    public static partial void Begun(ILogger logger, string study);

    [LoggerMessage(3201, LogLevel.Information, "Study {Study}: {Instances} instances taken from {Source}: {Series}")]
    public static partial void Taken(ILogger logger, string study, int instances, string source, string series);

    [LoggerMessage(3202, LogLevel.Warning, "Study {Study}: {Source} was asked in vain: {Reason}")]
    public static partial void Failed(ILogger logger, string study, string source, string reason);

    [LoggerMessage(3203, LogLevel.Error, "Study {Study}: instance {Instance} that {Source} sent is of another patient by {Attributes}; it was set aside in {Path} and is never used")]
    public static partial void SetAside(ILogger logger, string study, string instance, string source, string attributes, string path);

    [LoggerMessage(3204, LogLevel.Information, "Study {Study}: {Taken} instances taken, {Failures} sources did not answer")]
    public static partial void Ended(ILogger logger, string study, int taken, int failures);

    [LoggerMessage(3205, LogLevel.Warning, "Study {Study}: another node asks for it now; this round has ended")]
    public static partial void LeaseLost(ILogger logger, string study);

    [LoggerMessage(3206, LogLevel.Error, "Study {Study}: asking for it ended in an error; it is tried again")]
    public static partial void Broken(ILogger logger, string study, Exception exception);
}
