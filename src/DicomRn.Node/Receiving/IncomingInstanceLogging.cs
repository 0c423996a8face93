using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving;

/// <summary>Takes a received instance into the log.</summary>
internal static class IncomingInstanceLogging
{
    /// <summary>Returns when the instance is durable.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public static async Task AppendAsync(
        this InstanceLog log, IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle, DateTimeOffset receivedAt)
    {
        LoggedInstance logged = new()
        {
            Identity = identity,
            TransferSyntaxUid = incoming.TransferSyntaxUid,
            CallingAeTitle = callingAeTitle,
            ReceivedAt = receivedAt,
            DataSetOffset = incoming.DataSetOffset,
            Size = incoming.Length,
        };
        if (incoming.InMemory is { } bytes && log.Takes(bytes.Length))
            await log.AppendAsync(logged, bytes);
        else
            await AppendLargeAsync(log, incoming, logged);
    }

    // Written once and synced on its own: beside the time that takes, the sync of the log is nothing.
    private static async Task AppendLargeAsync(InstanceLog log, IncomingInstance incoming, LoggedInstance logged)
    {
        string name = $"{logged.Identity.SopInstanceUid}.{Guid.NewGuid():N}.dcm";
        string path = Path.Combine(log.Inbox, name);
        using SafeFileHandle file = incoming.MoveTo(path);
        try
        {
            KillPoints.Reach(KillPoint.ReceivingLargeFileWritten);
            // After the rename, so that the one sync covers the name too.
            RandomAccess.FlushToDisk(file);
            KillPoints.Reach(KillPoint.ReceivingLargeFileSynced);
            await log.AppendAsync(logged with { LargeFile = name }, default);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
