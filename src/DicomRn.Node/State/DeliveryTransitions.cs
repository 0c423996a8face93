using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The way of results through the outbox until a destination has taken them.</summary>
internal static class DeliveryTransitions
{
    /// <summary>When something is next to be sent to a destination; null when its queue is empty.</summary>
    public static Task<DateTimeOffset?> NextDeliveryAsync(
        this StateStore store, string destination, CancellationToken cancellationToken) =>
        store.ReadAsync(db => store.QueuedHere(db, destination)
            .MinAsync(d => (DateTimeOffset?)d.NextAttemptAt, cancellationToken));

    /// <summary>
    /// What is due for a destination, of the one study that waits longest: one association's worth, in the order of revisions,
    /// a report after what it refers to. A study is due when the first of its results is, and no result is sent before
    /// those ahead of it, so that a destination that has a report has its predecessors too. Only what a route holds back
    /// until its hours is passed.
    /// </summary>
    public static async Task<IReadOnlyList<DueDelivery>> DueDeliveriesAsync(
        this StateStore store, string destination, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            string? study = await store.ReadAsync(db => store.QueuedHere(db, destination)
                .Where(d => d.NextAttemptAt <= now && (d.NotBefore == null || d.NotBefore <= now))
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id)
                .Select(d => d.StudyInstanceUid)
                .FirstOrDefaultAsync(cancellationToken));
            if (study is null)
                return [];
            List<QueuedDelivery> queue = await store.ReadAsync(db => QueueAsync(db, destination, study, now, cancellationToken));
            if (queue.Count > 0 && queue[0].NextAttemptAt <= now)
                return [.. queue.Select(queued => queued.Delivery)];
            if (queue.Count > 0)
                await store.WaitForFirstAsync(queue);
        }
    }

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
                Apply(attempt, delivery, transaction.Now);
                if (attempt.WasTried)
                    transaction.Db.DeliveryAttempts.Add(AttemptOf(delivery, transaction.Now));
            }

            transaction.Db.SaveChanges();
            OutboxQueue.SettleIfDone(transaction, studyInstanceUid);
        });

    /// <summary>Takes a study's deliveries to a destination for this node; null where another one has them.</summary>
    public static Task<Lease?> TakeDeliveriesAsync(this StateStore store, string destination, string studyInstanceUid) =>
        store.WriteAsync(
            transaction => transaction.TakeLease(LeaseKind.Delivery, Lease.ForDelivery(destination, studyInstanceUid)),
            RowLocking.Explicit);

    /// <summary>Puts a study's failed deliveries back into the queue, to be sent at once whatever the hours of their routes.</summary>
    /// <returns>Whether the study was in <see cref="StudyState.FailedDelivery"/>.</returns>
    public static Task<bool> RetryDeliveryAsync(this StateStore store, string studyInstanceUid) =>
        store.WriteAsync(transaction =>
        {
            if (transaction.Db.Studies.Find(studyInstanceUid) is not { State: StudyState.FailedDelivery } study)
                return false;
            foreach (DeliveryRecord delivery in transaction.Db.Deliveries.Where(
                d => d.StudyInstanceUid == studyInstanceUid && d.State == DeliveryState.Failed))
            {
                delivery.Queue(transaction.Now, notBefore: null);
                delivery.Routes = null;
            }

            transaction.Move(study, StudyState.Delivering);
            return true;
        });

    /// <summary>Fails what waits for destinations that the settings no longer have: nobody else would.</summary>
    /// <returns>How many deliveries that were.</returns>
    public static Task<int> FailOtherDestinationsAsync(this StateStore store, IReadOnlyList<string> destinations) =>
        store.WriteAsync(transaction =>
        {
            List<DeliveryRecord> orphans =
            [
                .. transaction.Db.Deliveries.Where(d =>
                    (d.State == DeliveryState.Queued || d.State == DeliveryState.Sent) && !destinations.Contains(d.Destination)),
            ];
            foreach (DeliveryRecord orphan in orphans)
                orphan.Fail($"No peer {orphan.Destination} receives results any more.", transaction.Now);
            transaction.Db.SaveChanges();
            foreach (string study in orphans.Select(d => d.StudyInstanceUid).Distinct(StringComparer.Ordinal))
                OutboxQueue.SettleIfDone(transaction, study);
            return orphans.Count;
        });

    // With their results: a row without one could never be sent, and would never let a queue rest. What other nodes send is
    // theirs until their lease ends.
    private static IQueryable<DeliveryRecord> QueuedHere(this StateStore store, NodeDbContext db, string destination)
    {
        DateTimeOffset now = store.Now;
        string owner = store.Terms.Owner;
        return
            from delivery in db.Deliveries
            join result in db.Results on delivery.ResultSopInstanceUid equals result.SopInstanceUid
            where delivery.Destination == destination && delivery.State == DeliveryState.Queued
                && !db.Leases.Any(l => l.Kind == LeaseKind.Delivery
                    && l.Resource == delivery.StudyInstanceUid + " " + delivery.Destination && l.Owner != owner && l.ExpiresAt > now)
            select delivery;
    }

    private static void Apply(DeliveryAttempt attempt, DeliveryRecord delivery, DateTimeOffset now)
    {
        if (attempt.WasTried)
            delivery.Attempts++;
        delivery.LastStatus = attempt.Status;
        switch (attempt.State)
        {
            case DeliveryState.Queued:
                delivery.NextAttemptAt = attempt.NextAttemptAt ?? now;
                delivery.NotBefore = attempt.NotBefore;
                delivery.LastError = attempt.Error;
                delivery.Version++;
                break;
            case DeliveryState.Sent:
                delivery.State = DeliveryState.Sent;
                delivery.SentAt = delivery.NextAttemptAt = now;
                delivery.Checks = 0;
                delivery.LastError = attempt.Error;
                delivery.Version++;
                break;
            case DeliveryState.Delivered:
                delivery.SentAt = now;
                delivery.Confirm(DeliveryConfirmation.Stored, attempt.Error, now);
                break;
            default:
                delivery.Fail(attempt.Error ?? "", now);
                break;
        }
    }

    private static async Task<List<QueuedDelivery>> QueueAsync(
        NodeDbContext db, string destination, string study, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<QueuedDelivery> queue = await (
            from delivery in db.Deliveries
            join result in db.Results on delivery.ResultSopInstanceUid equals result.SopInstanceUid
            where delivery.Destination == destination && delivery.StudyInstanceUid == study
                && delivery.State == DeliveryState.Queued && (delivery.NotBefore == null || delivery.NotBefore <= now)
            select new QueuedDelivery(
                new DueDelivery(
                    delivery.Id, study, delivery.DueSince ?? delivery.QueuedAt, delivery.Attempts, delivery.Routes, result.Revision,
                    result.Kind, result.SopInstanceUid, result.Path),
                delivery.NextAttemptAt))
            .ToListAsync(cancellationToken);
        return
        [
            .. queue.OrderBy(q => q.Delivery.Revision).ThenBy(q => q.Delivery.Kind == Pipeline.ResultKind.SR).ThenBy(q => q.Delivery.Id),
        ];
    }

    /// <summary>Those whose time came before that of the first in their queue get its time.</summary>
    private static Task WaitForFirstAsync(this StateStore store, List<QueuedDelivery> queue) => store.WriteAsync(transaction =>
    {
        DateTimeOffset first = queue[0].NextAttemptAt;
        foreach (QueuedDelivery queued in queue.Where(q => q.NextAttemptAt < first))
        {
            if (transaction.Db.Deliveries.Find(queued.Delivery.Id) is not { State: DeliveryState.Queued } delivery)
                continue;
            delivery.NextAttemptAt = first;
            delivery.Version++;
        }
    });

    private sealed record QueuedDelivery(DueDelivery Delivery, DateTimeOffset NextAttemptAt);

    private static DeliveryAttemptRecord AttemptOf(DeliveryRecord delivery, DateTimeOffset now) => new()
    {
        DeliveryId = delivery.Id,
        StudyInstanceUid = delivery.StudyInstanceUid,
        ResultSopInstanceUid = delivery.ResultSopInstanceUid,
        Destination = delivery.Destination,
        Attempt = delivery.Attempts,
        State = delivery.State,
        Status = delivery.LastStatus,
        Error = delivery.LastError,
        At = now,
    };
}
