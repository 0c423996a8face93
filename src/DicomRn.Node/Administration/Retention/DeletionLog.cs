using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Retention;

/// <summary>Log messages of deletions: events 6100 to 6119.</summary>
internal static partial class DeletionLog
{
    [LoggerMessage(6100, LogLevel.Information, "Study {StudyInstanceUid} ({State}) deleted, {Bytes} bytes, by {By}: {Reason}")]
    public static partial void Deleted(ILogger logger, string studyInstanceUid, StudyState? state, long bytes, string by, string reason);

    [LoggerMessage(6101, LogLevel.Information, "Study {StudyInstanceUid}: instances came while it was deleted and are kept")]
    public static partial void Reopened(ILogger logger, string studyInstanceUid);

    [LoggerMessage(6102, LogLevel.Information, "File {Path} of the quarantine deleted, {Bytes} bytes: {Reason}")]
    public static partial void QuarantineDeleted(ILogger logger, string path, long bytes, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "Retention: nothing is deleted now, because a backup is being made")]
    public static partial void Waiting(ILogger logger);

    [LoggerMessage(6104, LogLevel.Warning, "Retention: {Bytes} bytes are stored, more than the {Maximum} allowed, and no further study is finished")]
    public static partial void StillTooLarge(ILogger logger, long bytes, long maximum);

    [LoggerMessage(6105, LogLevel.Error, "Retention: a round ended in an error; the next one is tried at its time")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(6106, LogLevel.Error, "{Subject}: its deletion was begun and cannot be finished; tried again later: {Reason}")]
    public static partial void NotFinished(ILogger logger, string subject, string reason);
}
