using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>Log messages of jobs and history: events 6300 to 6319.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(6300, LogLevel.Warning, "History: {Count} lines were dropped, because more came than can be written")]
    public static partial void HistoryDropped(ILogger logger, long count);
}
