using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>
/// Keeps this node's place among those that share the store, and takes over the folders of nodes that died. A node that
/// was silent for too long ends: others have its work by then.
/// </summary>
internal sealed class NodeRegistry(
    StateStore store, DataFolders folders, INodeFolderRecovery recovery, TimeProvider timeProvider, ILogger<NodeRegistry> logger)
    : BackgroundService
{
    private HeldLease? _place;

    private TimeSpan Interval => store.Terms.Duration / 3;

    /// <summary>Takes this node's place, waiting for another node that works on its folder, and recovers its folder.</summary>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        Lease? lease;
        bool isTold = false;
        while ((lease = await store.JoinAsync()) is null)
        {
            if (!isTold)
                StateLog.FolderTaken(logger, store.Terms.Owner);
            isTold = true;
            await Task.Delay(Interval, timeProvider, cancellationToken);
        }

        _place = new HeldLease(store, lease, timeProvider, CancellationToken.None);
        store.RecordUnder(lease);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _place.Token);
        await recovery.RunAsync(folders, either.Token);
        StateLog.Joined(logger, store.Terms.Owner, folders.NodeRoot);
    }

    /// <summary>Gives this node's place back: what it may have left in its folder is any node's.</summary>
    public async Task LeaveAsync()
    {
        if (Interlocked.Exchange(ref _place, null) is not { } place)
            return;
        await place.DisposeAsync();
        try
        {
            await store.ReleaseLeaseAsync(place.Lease);
        }
        catch (Exception e)
        {
            // It expires.
            StateLog.NotLeft(logger, store.Terms.Owner, e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HeldLease place = _place ?? throw new InvalidOperationException("The node has not joined.");
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, place.Token);
        using PeriodicTimer timer = new(Interval, timeProvider);
        try
        {
            do
            {
                await store.SeenAsync();
                while (await store.TakeSilentNodeAsync() is { } silent)
                    if (!await TakeOverAsync(silent, either.Token))
                        break;
            }
            while (await timer.WaitForNextTickAsync(either.Token));
        }
        catch (OperationCanceledException) when (place.IsLost && !stoppingToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The node was silent for longer than {store.Terms.Duration}, or another one started as {store.Terms.Owner}; its work is others' now.");
        }
    }

    private async Task<bool> TakeOverAsync(SilentNode silent, CancellationToken cancellationToken)
    {
        StateLog.TakingOver(logger, silent.Name, silent.SeenAt);
        await using HeldLease held = new(store, silent.Lease, timeProvider, cancellationToken);
        try
        {
            await recovery.RunAsync(folders.Of(silent.Name), held.Token);
            await store.ForgetNodeAsync(silent);
            StateLog.TakenOver(logger, silent.Name);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The lease is left to expire; then any node tries again.
            StateLog.TakeOverFailed(logger, silent.Name, e);
            return false;
        }
    }
}
