using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Audit;

/// <summary>Log messages of the audit trail: events 6200 to 6219. Never what the messages hold.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(6200, LogLevel.Error, "Audit trail: {Count} messages cannot be written to {Folder}; tried again: {Reason}")]
    public static partial void NotWritten(ILogger logger, int count, string folder, string reason);

    [LoggerMessage(6201, LogLevel.Warning, "Audit trail: {Server} does not take messages; they are kept and tried again in {Delay}: {Reason}")]
    public static partial void NotSent(ILogger logger, string server, TimeSpan delay, string reason);

    [LoggerMessage(6202, LogLevel.Information, "Audit trail: messages go to {Server}")]
    public static partial void Connected(ILogger logger, string server);

    [LoggerMessage(6203, LogLevel.Warning, "Audit trail: a line of {File} is no whole message and is not sent")]
    public static partial void BrokenLine(ILogger logger, string file);

    [LoggerMessage(6205, LogLevel.Error, "Audit trail: {File}, which a command left, cannot be taken in; tried again: {Reason}")]
    public static partial void NotTaken(ILogger logger, string file, string reason);

    [LoggerMessage(6206, LogLevel.Information, "Audit trail: {Count} receptions of before the node was killed are told now")]
    public static partial void ToldLate(ILogger logger, int count);

    [LoggerMessage(6204, LogLevel.Error, "Audit trail: an event could not be told: {Reason}")]
    public static partial void EventLost(ILogger logger, string reason);
}
