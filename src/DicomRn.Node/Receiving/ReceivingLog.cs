using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>Log messages of receiving: events 1000 to 1099. UIDs and AE titles, never names.</summary>
internal static partial class ReceivingLog
{
    [LoggerMessage(1000, LogLevel.Information, "Listening as {AeTitle} on {Address}:{Port}")]
    public static partial void Listening(ILogger logger, string aeTitle, string address, int port);

    [LoggerMessage(1006, LogLevel.Information, "Listening as {AeTitle} on {Address}:{Port} over TLS")]
    public static partial void ListeningSecured(ILogger logger, string aeTitle, string address, int port);

    [LoggerMessage(1001, LogLevel.Debug, "Association from {CallingAe} at {Host}")]
    public static partial void Accepted(ILogger logger, string callingAe, string host);

    [LoggerMessage(1002, LogLevel.Warning, "Association from {CallingAe} at {Host} to {CalledAe} rejected: {Reason}: {Explanation}")]
    public static partial void Rejected(
        ILogger logger, string callingAe, string host, string calledAe, DicomRejectReason reason, string explanation);

    [LoggerMessage(1003, LogLevel.Debug, "Association from {CallingAe} released")]
    public static partial void Released(ILogger logger, string callingAe);

    [LoggerMessage(1004, LogLevel.Warning, "Association from {CallingAe} aborted by {Source}: {Reason}")]
    public static partial void Aborted(ILogger logger, string callingAe, DicomAbortSource source, DicomAbortReason reason);

    [LoggerMessage(1005, LogLevel.Warning, "Connection of {CallingAe} lost: {Reason}")]
    public static partial void Lost(ILogger logger, string callingAe, string reason);

    [LoggerMessage(1010, LogLevel.Debug, "Instance {SopInstanceUid} from {CallingAe}: stored")]
    public static partial void Stored(ILogger logger, string callingAe, string sopInstanceUid);

    [LoggerMessage(1011, LogLevel.Information, "Instance {SopInstanceUid} from {CallingAe}: here already, with the same content")]
    public static partial void Duplicate(ILogger logger, string callingAe, string sopInstanceUid);

    [LoggerMessage(1012, LogLevel.Warning, "Instance {SopInstanceUid} from {CallingAe}: here already with other content; set aside as {Path}")]
    public static partial void Conflict(ILogger logger, string callingAe, string sopInstanceUid, string path);

    [LoggerMessage(1013, LogLevel.Warning, "Instance {SopInstanceUid} from {CallingAe}: cannot be read: {Reason}")]
    public static partial void Unreadable(ILogger logger, string callingAe, string sopInstanceUid, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "Instance {SopInstanceUid} from {CallingAe}: the data set is of another SOP class or instance ({DataSetUid})")]
    public static partial void Mismatch(ILogger logger, string callingAe, string sopInstanceUid, string dataSetUid);

    [LoggerMessage(1015, LogLevel.Warning, "Instance {SopInstanceUid} from {CallingAe}: a UID is missing or invalid")]
    public static partial void UnusableUid(ILogger logger, string callingAe, string sopInstanceUid);

    [LoggerMessage(1016, LogLevel.Error, "Instance {SopInstanceUid} from {CallingAe}: no space left")]
    public static partial void DiskFull(ILogger logger, string callingAe, string sopInstanceUid);

    [LoggerMessage(1017, LogLevel.Error, "Instance {SopInstanceUid} from {CallingAe}: not stored")]
    public static partial void Failed(ILogger logger, string callingAe, string sopInstanceUid, Exception exception);

    [LoggerMessage(1018, LogLevel.Warning, "Instance {SopInstanceUid} from {CallingAe}: its file was lost and is replaced")]
    public static partial void Replaced(ILogger logger, string callingAe, string sopInstanceUid);

    [LoggerMessage(1030, LogLevel.Error, "{Count} received instances wait to be stored: {Reason}; nothing is lost, and it is tried again")]
    public static partial void SettlingFails(ILogger logger, int count, string reason, Exception exception);

    [LoggerMessage(1031, LogLevel.Information, "Received instances are stored again")]
    public static partial void SettlingGoesOn(ILogger logger);

    [LoggerMessage(1032, LogLevel.Error, "The instance log cannot have another file: {Reason}")]
    public static partial void LogCannotGrow(ILogger logger, string reason);

    [LoggerMessage(1033, LogLevel.Information, "Recovery: {Count} instances of the log stored in {Milliseconds} ms")]
    public static partial void Replayed(ILogger logger, int count, long milliseconds);

    [LoggerMessage(1040, LogLevel.Error, "Instances are refused: {Free} bytes of the disk are free, {Demanded} have to be (Receiving:DiskReserve)")]
    public static partial void DiskReserveTouched(ILogger logger, long free, long demanded);

    [LoggerMessage(1041, LogLevel.Information, "Instances are taken again: {Free} bytes of the disk are free")]
    public static partial void DiskReserveFree(ILogger logger, long free);

    [LoggerMessage(1020, LogLevel.Warning, "Recovery: instance {SopInstanceUid} was not completely stored and was never acknowledged; its file is {Fate}")]
    public static partial void Unfinished(ILogger logger, string sopInstanceUid, string fate);

    [LoggerMessage(1022, LogLevel.Warning, "Recovery: instance {SopInstanceUid} was set aside as {Path} when the program ended; it is recorded")]
    public static partial void QuarantineRecorded(ILogger logger, string sopInstanceUid, string path);

    [LoggerMessage(1021, LogLevel.Information, "Recovery: {Recorded} unrecorded files recorded, {SetAside} set aside, {Dropped} records without their file dropped")]
    public static partial void Recovered(ILogger logger, int recorded, int setAside, int dropped);
}
