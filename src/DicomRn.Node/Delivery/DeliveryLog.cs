using DicomRn.Node.State;
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

    [LoggerMessage(4005, LogLevel.Information, "Result {SopInstanceUid} taken by {Destination}, to be confirmed: {Remark}")]
    public static partial void Sent(ILogger logger, string sopInstanceUid, string destination, string remark);

    [LoggerMessage(4006, LogLevel.Information, "Result {SopInstanceUid} at {Destination}: {State}, {Confirmation} {Remark}")]
    public static partial void Confirmation(
        ILogger logger, string sopInstanceUid, string destination, DeliveryState state, DeliveryConfirmation? confirmation, string remark);

    [LoggerMessage(4007, LogLevel.Information, "Storage commitment of {Count} results requested of {Destination}, transaction {TransactionUid}")]
    public static partial void CommitmentRequested(ILogger logger, int count, string destination, string transactionUid);

    [LoggerMessage(4008, LogLevel.Warning, "Storage commitment not requested of {Destination}: {Reason}")]
    public static partial void CommitmentNotRequested(ILogger logger, string destination, string reason);

    [LoggerMessage(4009, LogLevel.Information, "Storage commitment reported by {Destination}, transaction {TransactionUid}: {Committed} committed, {Failed} failed")]
    public static partial void Reported(ILogger logger, string destination, string transactionUid, int committed, int failed);

    [LoggerMessage(4010, LogLevel.Warning, "Report of storage commitment refused: no transaction {TransactionUid} with {Caller}")]
    public static partial void UnknownTransaction(ILogger logger, string transactionUid, string caller);

    [LoggerMessage(4011, LogLevel.Warning, "{Destination} could not be asked for the results that it took: {Reason}")]
    public static partial void NotAsked(ILogger logger, string destination, string reason);

    [LoggerMessage(4012, LogLevel.Error, "{Count} deliveries failed: their destinations receive no results any more")]
    public static partial void Orphaned(ILogger logger, int count);

    [LoggerMessage(4090, LogLevel.Warning, "Study {StudyInstanceUid} to {Destination}: this node's lease was lost, another one sends what is not recorded as sent")]
    public static partial void LeaseLost(ILogger logger, string studyInstanceUid, string destination);
}
