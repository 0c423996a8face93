using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The way of results through the outbox.</summary>
internal static class DeliveryTransitions
{
    /// <summary>When something is next to be sent to a destination; null when its queue is empty.</summary>
    public static Task<DateTimeOffset?> NextDeliveryAsync(
        this StateStore store, string destination, CancellationToken cancellationToken) =>
        store.ReadAsync(db => store.QueuedHere(db, destination)
            .MinAsync(d => (DateTimeOffset?)d.NextAttemptAt, cancellationToken));

    /// <summary>
    /// What is due for a destination, of the one study that waits longest: one association's worth. Results that were
    /// delayed by a failure go with their study's others, in the order SEG, SC, SR, so that a report never arrives
    /// before what it refers to.
    /// </summary>
    public static Task<IReadOnlyList<DueDelivery>> DueDeliveriesAsync(
        this StateStore store, string destination, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<DueDelivery>>(async db =>
        {
            string? study = await store.QueuedHere(db, destination)
                .Where(d => d.NextAttemptAt <= now)
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id)
                .Select(d => d.StudyInstanceUid)
                .FirstOrDefaultAsync(cancellationToken);
            if (study is null)
                return [];
            List<DueDelivery> due = await (
                from delivery in db.Deliveries
                join result in db.Results on delivery.ResultSopInstanceUid equals result.SopInstanceUid
                where delivery.Destination == destination && delivery.StudyInstanceUid == study
                    && delivery.State == DeliveryState.Queued && delivery.NextAttemptAt <= now
                select new DueDelivery(
                    delivery.Id, study, delivery.QueuedAt, delivery.Attempts, result.Kind, result.SopInstanceUid, result.Path))
                .ToListAsync(cancellationToken);
            return [.. due.OrderBy(d => d.Kind == Pipeline.ResultKind.SR).ThenBy(d => d.Id)];
        });

    /// <summary>
    /// Stores how an attempt ended for each delivery, gives their lease back, and ends the study's delivery with the last of them.
    /// </summary>
    /// <exception cref="LeaseLostException">The deliveries may be another node's by now; nothing was stored.</exception>
    public static Task RecordAttemptAsync(
        this StateStore store, string studyInstanceUid, IReadOnlyList<DeliveryAttempt> attempts, Lease? lease = null) =>
        store.WriteAsync(transaction =>
        {
            if (lease is not null)
            {
                transaction.Demand(lease);
                transaction.Release(lease);
            }

            foreach (DeliveryAttempt attempt in attempts)
            {
                DeliveryRecord? delivery = transaction.Db.Deliveries.Find(attempt.DeliveryId);
                if (delivery is not { State: DeliveryState.Queued })
                    continue;
                delivery.Attempts++;
                delivery.Version++;
                delivery.State = attempt.State;
                delivery.LastStatus = attempt.Status;
                delivery.LastError = attempt.Error;
                if (attempt.State == DeliveryState.Queued)
                    delivery.NextAttemptAt = attempt.NextAttemptAt ?? transaction.Now;
                else
                    delivery.FinishedAt = transaction.Now;
            }

            transaction.Db.SaveChanges();
            OutboxQueue.SettleIfDone(transaction, studyInstanceUid);
        });

    /// <summary>Takes a study's deliveries to a destination for this node; null where another one has them.</summary>
    public static Task<Lease?> TakeDeliveriesAsync(this StateStore store, string destination, string studyInstanceUid) =>
        store.WriteAsync(
            transaction => transaction.TakeLease(LeaseKind.Delivery, Lease.ForDelivery(destination, studyInstanceUid)),
            RowLocking.Explicit);

    /// <summary>Puts a study's failed deliveries back into the queue.</summary>
    /// <returns>Whether the study was in <see cref="StudyState.FailedDelivery"/>.</returns>
    public static Task<bool> RetryDeliveryAsync(this StateStore store, string studyInstanceUid) =>
        store.WriteAsync(transaction =>
        {
            if (transaction.Db.Studies.Find(studyInstanceUid) is not { State: StudyState.FailedDelivery } study)
                return false;
            foreach (DeliveryRecord delivery in transaction.Db.Deliveries.Where(
                d => d.StudyInstanceUid == studyInstanceUid && d.State == DeliveryState.Failed))
            {
                delivery.State = DeliveryState.Queued;
                delivery.Attempts = 0;
                delivery.QueuedAt = transaction.Now;
                delivery.NextAttemptAt = transaction.Now;
                delivery.Version++;
            }

            transaction.Move(study, StudyState.Delivering);
            return true;
        });

    // What other nodes send is theirs until their lease ends.
    private static IQueryable<DeliveryRecord> QueuedHere(this StateStore store, NodeDbContext db, string destination)
    {
        DateTimeOffset now = store.Now;
        return db.Deliveries.Where(d => d.Destination == destination && d.State == DeliveryState.Queued
            && !db.Leases.Any(l => l.Kind == LeaseKind.Delivery && l.Resource == d.StudyInstanceUid + " " + d.Destination
                && l.Owner != store.Terms.Owner && l.ExpiresAt > now));
    }
}
