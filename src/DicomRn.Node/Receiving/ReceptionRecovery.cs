using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// Brings to their place, before the node listens, the instances that the log holds from before a crash. Nothing else needs
/// to be looked at: what has left the log is durable, file and record. A data directory of a version without a log is looked
/// through once.
/// </summary>
internal sealed class ReceptionRecovery(
    IServiceProvider services, DataFolders folders, FileReconciliation reconciliation, TimeProvider timeProvider,
    ILogger<ReceptionRecovery> logger)
{
    /// <summary>Does it. To be awaited before anything else touches the data directory.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folders.InstanceLog))
            await reconciliation.RunAsync(cancellationToken);
        // Opened only now: its folder is the sign that files and records belong together.
        InstanceLog log = services.GetRequiredService<InstanceLog>();
        int count = log.Count;
        if (count == 0)
            return;
        long start = timeProvider.GetTimestamp();
        // Where it cannot be done now the node listens all the same: settling tells why and goes on trying.
        if (await services.GetRequiredService<InstanceSettling>().SettleAsync(cancellationToken))
            ReceivingLog.Replayed(logger, count, (long)timeProvider.GetElapsedTime(start).TotalMilliseconds);
    }
}
