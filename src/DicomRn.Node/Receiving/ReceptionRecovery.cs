using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>
/// Brings to their place, before the node listens, the instances that the log holds from before a crash. Nothing else needs
/// to be looked at: what has left the log is durable, file and record. A data directory of a version without a log is looked
/// through once. The log of a node that died is settled by another one.
/// </summary>
internal sealed class ReceptionRecovery(
    IServiceProvider services, DataFolders own, InstanceLogOptions options, AssemblyOptions assembly, TimeProvider timeProvider,
    ILogger<ReceptionRecovery> logger) : INodeFolderRecovery
{
    /// <inheritdoc/>
    public Task RunAsync(DataFolders folders, CancellationToken cancellationToken) =>
        folders.NodeRoot == own.NodeRoot ? RecoverOwnAsync(cancellationToken) : TakeOverAsync(folders, cancellationToken);

    private async Task RecoverOwnAsync(CancellationToken cancellationToken)
    {
        // Nodes that share a data directory have had a log from their first version on.
        if (!own.IsShared && !Directory.Exists(own.InstanceLog))
            await services.GetRequiredService<FileReconciliation>().RunAsync(cancellationToken);
        // In a quarantine that others use, a file may be one that is just being set aside.
        if (!own.IsShared)
            await services.GetRequiredService<QuarantineReconciliation>().RunAsync(cancellationToken);
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

    /// <summary>Under the other node's name: what it had settled already, or half, is found again.</summary>
    private async Task TakeOverAsync(DataFolders folders, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folders.InstanceLog))
            return;
        long start = timeProvider.GetTimestamp();
        using StoreSettlement settlement = new(
            services.GetRequiredService<StateStore>(), folders, services.GetRequiredService<OwnResults>(), assembly,
            services.GetRequiredService<ILogger<StoreSettlement>>());
        int count = await InstanceLogRecovery.RunAsync(folders.InstanceLog, options, settlement, cancellationToken);
        if (count > 0)
            ReceivingLog.Replayed(logger, count, (long)timeProvider.GetElapsedTime(start).TotalMilliseconds);
    }
}
