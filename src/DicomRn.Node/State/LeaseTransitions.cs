using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>Leases: taken, renewed, demanded by every transition of the work they are for, and given back.</summary>
internal static class LeaseTransitions
{
    /// <summary>Whether somebody has a lease that is alive.</summary>
    public static bool IsLeased(this StateTransaction transaction, LeaseKind kind, string resource) =>
        transaction.Db.Leases.Any(l => l.Kind == kind && l.Resource == resource && l.ExpiresAt > transaction.Now);

    /// <summary>Takes a lease for this node; null where somebody has it.</summary>
    public static Lease? TakeLease(this StateTransaction transaction, LeaseKind kind, string resource)
    {
        LeaseRecord? present = transaction.Db.Leases.SingleOrDefault(l => l.Kind == kind && l.Resource == resource);
        if (present is not null)
        {
            if (present.ExpiresAt > transaction.Now)
                return null;
            transaction.Db.Leases.Remove(present);
            transaction.Db.SaveChanges();
        }

        LeaseRecord taken = new()
        {
            Kind = kind,
            Resource = resource,
            Owner = transaction.Terms.Owner,
            ExpiresAt = transaction.Now + transaction.Terms.Duration,
        };
        transaction.Db.Leases.Add(taken);
        // Two nodes at once: the second one breaks the unique index, is repeated and finds the lease of the first.
        transaction.Db.SaveChanges();
        return new Lease(kind, resource, taken.Fence);
    }

    /// <summary>Refuses to go on without the lease.</summary>
    /// <exception cref="LeaseLostException">It has expired, or is another node's.</exception>
    public static void Demand(this StateTransaction transaction, Lease lease)
    {
        // Locked, so that nobody takes it over before the work is committed.
        List<LeaseRecord> alive =
            [.. transaction.Db.Leases.Where(l => l.Fence == lease.Fence && l.ExpiresAt > transaction.Now).Locked()];
        if (alive.Count == 0)
            throw new LeaseLostException(lease);
    }

    /// <summary>Gives a lease back; one that is not there any more is no error.</summary>
    public static void Release(this StateTransaction transaction, Lease lease)
    {
        if (transaction.Db.Leases.Find(lease.Fence) is { } present)
            transaction.Db.Leases.Remove(present);
    }

    /// <summary>Gives a lease back.</summary>
    public static Task ReleaseLeaseAsync(this StateStore store, Lease lease) =>
        store.WriteAsync(transaction => transaction.Release(lease));

    /// <summary>Lets a lease live for its whole duration again.</summary>
    /// <returns>Whether it still was alive; if not, it is lost.</returns>
    public static Task<bool> RenewLeaseAsync(this StateStore store, Lease lease) => store.WriteAsync(
        transaction =>
        {
            DateTimeOffset expiresAt = transaction.Now + transaction.Terms.Duration;
            return transaction.Db.Leases
                .Where(l => l.Fence == lease.Fence && l.ExpiresAt > transaction.Now)
                .ExecuteUpdate(set => set.SetProperty(l => l.ExpiresAt, expiresAt)) == 1;
        },
        RowLocking.Explicit);

    /// <summary>
    /// At the start of a node: an earlier run of it has ended, and so have its leases, except those of folders. A store of
    /// a single node has no others' leases.
    /// </summary>
    public static Task<int> EndLeasesOfEarlierRunAsync(this StateStore store) => store.WriteAsync(
        transaction => transaction.Db.Leases
            .Where(l => l.Kind != LeaseKind.Node && (l.Owner == transaction.Terms.Owner || !store.IsShared))
            .ExecuteDelete(),
        RowLocking.Explicit);
}
