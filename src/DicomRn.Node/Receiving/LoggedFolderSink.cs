using DicomRn.Node.Receiving.Log;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// The sink of a plain storage SCP that acknowledges an instance when it is durable in a log; <see cref="FolderSettlement"/> makes
/// it a file.
/// </summary>
internal sealed class LoggedFolderSink(InstanceLog log, int memoryPerInstance, TimeProvider timeProvider, ILogger logger) : IInstanceSink
{
    public IncomingInstance BeginInstance(string transferSyntaxUid) =>
        new(log.Inbox, memoryPerInstance) { TransferSyntaxUid = transferSyntaxUid };

    public async Task<DicomStatus> EndInstanceAsync(IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle)
    {
        await log.AppendAsync(incoming, identity, callingAeTitle, timeProvider.GetUtcNow());
        ReceivingLog.Stored(logger, callingAeTitle, identity.SopInstanceUid);
        return DicomStatus.Success;
    }
}
