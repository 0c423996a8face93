using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The way of results from being taken by a destination to being known to be there.</summary>
internal static class ConfirmationTransitions
{
    private static readonly TimeSpan CommitmentsAreKept = TimeSpan.FromDays(90);

    /// <summary>When a destination is next to be asked for what it has taken; null when nothing is open.</summary>
    public static Task<DateTimeOffset?> NextConfirmationAsync(
        this StateStore store, string destination, CancellationToken cancellationToken) =>
        store.ReadAsync(db => db.Deliveries
            .Where(d => d.Destination == destination && d.State == DeliveryState.Sent)
            .MinAsync(d => (DateTimeOffset?)d.NextAttemptAt, cancellationToken));

    /// <summary>What a destination is to be asked for, those that wait longest first.</summary>
    public static Task<IReadOnlyList<SentDelivery>> DueConfirmationsAsync(
        this StateStore store, string destination, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<SentDelivery>>(async db => await (
            from delivery in db.Deliveries
            join result in db.Results on delivery.ResultSopInstanceUid equals result.SopInstanceUid
            where delivery.Destination == destination && delivery.State == DeliveryState.Sent && delivery.NextAttemptAt <= now
            orderby delivery.NextAttemptAt, delivery.Id
            select new SentDelivery(
                delivery.Id, delivery.Version, delivery.StudyInstanceUid, result.SeriesInstanceUid, result.SopClassUid, result.SopInstanceUid,
                delivery.SentAt ?? delivery.QueuedAt, delivery.Checks, delivery.Resends, delivery.TransactionUid))
            .Take(most)
            .ToListAsync(cancellationToken));

    /// <summary>Stores what was learned of deliveries, unless something else was meanwhile, and ends their studies' delivery if it is over.</summary>
    public static Task ConcludeAsync(
        this StateStore store, IReadOnlyList<(SentDelivery Delivery, Action<DeliveryRecord, DateTimeOffset> Change)> conclusions) =>
        store.WriteAsync(transaction =>
        {
            foreach ((SentDelivery sent, Action<DeliveryRecord, DateTimeOffset> change) in conclusions)
            {
                if (transaction.Db.Deliveries.Find(sent.Id) is { State: DeliveryState.Sent } delivery && delivery.Version == sent.Version)
                    change(delivery, transaction.Now);
            }

            transaction.Db.SaveChanges();
            foreach (string study in conclusions.Select(c => c.Delivery.StudyInstanceUid).Distinct(StringComparer.Ordinal))
                OutboxQueue.SettleIfDone(transaction, study);
        });

    /// <summary>Stores a request for storage commitment before it is sent.</summary>
    /// <param name="store">The store.</param>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="destination">Whom it goes to.</param>
    /// <param name="deliveries">What is to be committed.</param>
    /// <param name="overdueAt">When its report is overdue.</param>
    public static Task BeginCommitmentAsync(
        this StateStore store, string transactionUid, string destination, IReadOnlyList<SentDelivery> deliveries, DateTimeOffset overdueAt) =>
        store.WriteAsync(transaction =>
        {
            DateTimeOffset forgotten = transaction.Now - CommitmentsAreKept;
            transaction.Db.Commitments.Where(c => c.RequestedAt < forgotten).ExecuteDelete();
            transaction.Db.Commitments.Add(new CommitmentRecord
            {
                TransactionUid = transactionUid,
                Destination = destination,
                RequestedAt = transaction.Now,
            });
            foreach (SentDelivery sent in deliveries)
            {
                if (transaction.Db.Deliveries.Find(sent.Id) is not { State: DeliveryState.Sent } delivery || delivery.Version != sent.Version)
                    continue;
                delivery.TransactionUid = transactionUid;
                delivery.NextAttemptAt = overdueAt;
                delivery.Version++;
            }
        });

    /// <summary>The request was not taken, and its report will not come.</summary>
    /// <param name="store">The store.</param>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="change">What becomes of each delivery.</param>
    public static Task EndCommitmentAsync(
        this StateStore store, string transactionUid, Action<DeliveryRecord, DateTimeOffset> change) => store.WriteAsync(transaction =>
        {
            List<DeliveryRecord> open =
                [.. transaction.Db.Deliveries.Where(d => d.TransactionUid == transactionUid && d.State == DeliveryState.Sent)];
            foreach (DeliveryRecord delivery in open)
                change(delivery, transaction.Now);
            transaction.Db.SaveChanges();
            foreach (string study in open.Select(d => d.StudyInstanceUid).Distinct(StringComparer.Ordinal))
                OutboxQueue.SettleIfDone(transaction, study);
        });

    /// <summary>Stores the report of a storage commitment; one that comes late, or twice, counts all the same.</summary>
    /// <param name="store">The store.</param>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="isAsked">Whether a peer of this name may be the one who reports.</param>
    /// <param name="committed">SOP Instance UIDs the peer has taken responsibility for.</param>
    /// <param name="refuse">What becomes of a delivery that it has not.</param>
    /// <returns>Name of the peer; null where it was not asked, or not in this transaction.</returns>
    public static Task<string?> RecordReportAsync(
        this StateStore store, string transactionUid, Func<string, bool> isAsked, IReadOnlyList<string> committed,
        Action<DeliveryRecord, DateTimeOffset> refuse) => store.WriteAsync(transaction =>
        {
            if (transaction.Db.Commitments.Find(transactionUid) is not { } commitment || !isAsked(commitment.Destination))
                return null;
            commitment.ReportedAt ??= transaction.Now;
            List<DeliveryRecord> open =
            [
                .. transaction.Db.Deliveries.Where(d => d.Destination == commitment.Destination
                    && (d.State == DeliveryState.Sent || (d.State == DeliveryState.Queued && d.SentAt != null))
                    && (d.TransactionUid == transactionUid || committed.Contains(d.ResultSopInstanceUid))),
            ];
            HashSet<string> taken = [.. committed];
            foreach (DeliveryRecord delivery in open)
            {
                if (taken.Contains(delivery.ResultSopInstanceUid))
                    delivery.Confirm(DeliveryConfirmation.Committed, null, transaction.Now);
                else if (delivery.State == DeliveryState.Sent)
                    refuse(delivery, transaction.Now);
            }

            transaction.Db.SaveChanges();
            foreach (string study in open.Select(d => d.StudyInstanceUid).Distinct(StringComparer.Ordinal))
                OutboxQueue.SettleIfDone(transaction, study);
            return commitment.Destination;
        });
}
