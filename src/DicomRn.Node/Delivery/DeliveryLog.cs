using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Delivery;

/// <summary>Log messages of delivery: events 4000 to 4099.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(4000, LogLevel.Information, "Result {SopInstanceUid} delivered to {Destination}: {Remark}")]
    public static partial void Delivered(ILogger logger, string sopInstanceUid, string destination, string remark);

    [LoggerMessage(4001, LogLevel.Error, "Result {SopInstanceUid} refused by {Destination}: {Reason}")]
    public static partial void Refused(ILogger logger, string sopInstanceUid, string destination, string reason);

    [LoggerMessage(4002, LogLevel.Warning, "Result {SopInstanceUid} not delivered to {Destination}: {Reason}; again in {Delay}")]
    public static partial void Postponed(ILogger logger, string sopInstanceUid, string destination, string reason, TimeSpan delay);

    [LoggerMessage(4003, LogLevel.Error, "Result {SopInstanceUid} not delivered to {Destination} in time, given up: {Reason}")]
    public static partial void GivenUp(ILogger logger, string sopInstanceUid, string destination, string reason);

    [LoggerMessage(4004, LogLevel.Information, "Sending to {Destination}: repeat {Attempt} in {Delay}: {Reason}")]
    public static partial void Repeating(ILogger logger, string destination, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(4090, LogLevel.Warning, "Study {StudyInstanceUid} to {Destination}: this node's lease was lost, another one sends what is not recorded as sent")]
    public static partial void LeaseLost(ILogger logger, string studyInstanceUid, string destination);
}
