using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Pipeline;

/// <summary>Log messages of the processing service: events 3000 to 3019.</summary>
internal static partial class ProcessingLog
{
    [LoggerMessage(3000, LogLevel.Information, "Study {StudyInstanceUid} revision {Revision}: attempt {Attempt} with {Files} instances")]
    public static partial void Started(ILogger logger, string studyInstanceUid, int revision, int attempt, int files);

    [LoggerMessage(3001, LogLevel.Information, "Study {StudyInstanceUid} revision {Revision}: {Outcome}, {Results} result objects")]
    public static partial void Finished(ILogger logger, string studyInstanceUid, int revision, StudyOutcome outcome, int results);

    [LoggerMessage(3002, LogLevel.Information, "Study {StudyInstanceUid} revision {Revision}: overtaken by late instances, its result is dropped")]
    public static partial void Overtaken(ILogger logger, string studyInstanceUid, int revision);

    [LoggerMessage(3003, LogLevel.Error, "Study {StudyInstanceUid} revision {Revision}: attempt {Attempt} ended in an error")]
    public static partial void Failed(ILogger logger, string studyInstanceUid, int revision, int attempt, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "{Count} study or studies were being processed when their node ended; they are tried again")]
    public static partial void Resumed(ILogger logger, int count);

    [LoggerMessage(3005, LogLevel.Warning, "Study {StudyInstanceUid} revision {Revision}: this node's lease of it was lost, and its run ends without a result")]
    public static partial void LeaseLost(ILogger logger, string studyInstanceUid, int revision);

    [LoggerMessage(3006, LogLevel.Information, "Study {StudyInstanceUid} revision {Revision}: it waits for what is fetched for it")]
    public static partial void Held(ILogger logger, string studyInstanceUid, int revision);
}
