namespace DicomRn.Node.State;

/// <summary>Renews a lease while its work runs, and ends the work when the lease is lost.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly StateStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _work;
    private readonly Task _renewing;

    /// <param name="store">Where it was taken.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="timeProvider">Measures the time between renewals.</param>
    /// <param name="stopping">The work's own end.</param>
    public HeldLease(StateStore store, Lease lease, TimeProvider timeProvider, CancellationToken stopping)
    {
        _store = store;
        _timeProvider = timeProvider;
        Lease = lease;
        // Also where the database does not answer: then nobody can say that the lease is alive.
        _lost = new CancellationTokenSource(store.Terms.Duration, timeProvider);
        _work = CancellationTokenSource.CreateLinkedTokenSource(stopping, _lost.Token);
        _renewing = RenewAsync();
    }

    /// <summary>The lease.</summary>
    public Lease Lease { get; }

    /// <summary>Cancelled when the work is to end: the lease is lost, or the work's own end has come.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Whether the lease was lost.</summary>
    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>Stops renewing; the lease itself is given back by the transaction that ends the work.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _renewing;
        _work.Dispose();
        _lost.Dispose();
        _ending.Dispose();
    }

    private async Task RenewAsync()
    {
        TimeSpan duration = _store.Terms.Duration;
        while (true)
        {
            try
            {
                await Task.Delay(duration / 3, _timeProvider, _ending.Token);
                if (!await _store.RenewLeaseAsync(Lease))
                    break;
                _lost.CancelAfter(duration);
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The database failed; the time that is left decides.
                if (IsLost)
                    return;
            }
        }

        await _lost.CancelAsync();
    }
}
