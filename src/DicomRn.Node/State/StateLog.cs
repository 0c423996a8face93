using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>Log messages of the state store: events 5000 to 5099.</summary>
internal static partial class StateLog
{
    [LoggerMessage(5000, LogLevel.Information, "State store: {Count} migration(s) applied, now at {Migration}")]
    public static partial void Migrated(ILogger logger, int count, string migration);

    [LoggerMessage(5001, LogLevel.Warning, "The database does not answer, and is tried again: {Reason}")]
    public static partial void Outage(ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Information, "Node {Name} has joined the others; its folder is {Folder}")]
    public static partial void Joined(ILogger logger, string name, string folder);

    [LoggerMessage(5003, LogLevel.Warning, "Node {Name} was silent since {SeenAt:O}: its folder is taken over")]
    public static partial void TakingOver(ILogger logger, string name, DateTimeOffset seenAt);

    [LoggerMessage(5004, LogLevel.Information, "The folder of node {Name} is taken over")]
    public static partial void TakenOver(ILogger logger, string name);

    [LoggerMessage(5005, LogLevel.Information, "Another node works on the folder of node {Name}, which waits until that has ended")]
    public static partial void FolderTaken(ILogger logger, string name);

    [LoggerMessage(5006, LogLevel.Error, "The folder of node {Name} could not be taken over")]
    public static partial void TakeOverFailed(ILogger logger, string name, Exception exception);

    [LoggerMessage(5007, LogLevel.Warning, "Node {Name} could not tell the others that it ends: {Reason}")]
    public static partial void NotLeft(ILogger logger, string name, string reason);
}
