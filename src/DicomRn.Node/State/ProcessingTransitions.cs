using System.Text.Json;
using DicomRn.Node.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>A complete study's way through the pipeline.</summary>
internal static class ProcessingTransitions
{
    /// <summary>
    /// Takes the study that waits longest, if any is due and no other node has it; it counts as an attempt before anything is
    /// tried.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="fetching">On which terms others are asked for what a study lacks; null where they are not.</param>
    public static Task<StudyTask?> BeginProcessingAsync(this StateStore store, FetchTerms? fetching = null) => store.WriteAsync(
        transaction =>
        {
            // One of which a run goes on that late instances have overtaken waits for its end.
            StudyRecord? study = Unleased(transaction.Db, transaction.Now)
                .Where(s => s.State == StudyState.Ready && (s.DueAt == null || s.DueAt <= transaction.Now))
                .OrderBy(s => s.LastInstanceAt)
                .Take(1)
                .LockedOrSkipped()
                .AsEnumerable()
                .FirstOrDefault();
            if (study is null || transaction.TakeLease(LeaseKind.Study, study.StudyInstanceUid) is not { } lease)
                return null;
            study.Attempts++;
            transaction.Move(study, StudyState.Processing);
            string[] files =
            [
                .. transaction.Db.Instances
                    .Where(i => i.StudyInstanceUid == study.StudyInstanceUid)
                    .OrderBy(i => i.Path)
                    .Select(i => i.Path),
            ];
            return FetchQueue.Begin(
                transaction, study, new StudyTask(study.StudyInstanceUid, study.Revision, study.Attempts, files, lease), fetching);
        },
        RowLocking.Explicit);

    /// <summary>When the next study that waits for an attempt is due; null when none waits.</summary>
    public static Task<DateTimeOffset?> NextAttemptAsync(this StateStore store, CancellationToken cancellationToken) =>
        store.ReadAsync(db => Unleased(db, store.Now)
            .Where(s => s.State == StudyState.Ready)
            .MinAsync(s => (DateTimeOffset?)(s.DueAt ?? s.LastInstanceAt), cancellationToken));

    /// <summary>
    /// After a crash, of this node or of another one: studies that are being processed and that nobody has a lease of are
    /// tried again, and the pipeline skips the steps they had finished; those that were tried
    /// <paramref name="maximumAttempts"/> times are given to a person.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> ResumeProcessingAsync(this StateStore store, int maximumAttempts)
    {
        // Most of the time there is none, and asking costs less than a transaction.
        if (!await store.ReadAsync(db => db.Studies.AnyAsync(s => s.State == StudyState.Processing)))
            return 0;
        return await store.WriteAsync(transaction => Resume(transaction, maximumAttempts), RowLocking.Explicit);
    }

    /// <summary>Notes which step runs, for those who watch.</summary>
    public static Task RecordStepAsync(this StateStore store, StudyTask task, StudyStep step) => store.WriteAsync(transaction =>
    {
        if (Running(transaction, task) is not { } study)
            return;
        study.Step = step;
        study.Version++;
        transaction.Announce(study);
    });

    /// <summary>
    /// Stores a run's result and queues every object for where it is routed to, or, where the run ended before that, has others
    /// asked for what the study lacks. A run that a late instance has overtaken changes nothing.
    /// </summary>
    /// <returns>Whether the result was still wanted.</returns>
    /// <exception cref="LeaseLostException">The study may be another node's by now; nothing was stored.</exception>
    public static Task<bool> FinishProcessingAsync(
        this StateStore store, StudyTask task, StudyResult result, IResultRouting routing, FetchTerms? fetching = null) =>
        store.WriteAsync(transaction =>
        {
            if (Ending(transaction, task) is not { } study)
                return false;
            if (result.IsInterim)
            {
                FetchQueue.Hold(
                    transaction, study, result.Wanted!, fetching ?? throw new InvalidOperationException("A run waits for what nobody fetches."));
                return true;
            }

            study.Outcome = result.Outcome;
            StoreResult(transaction, task, result);
            if (result.Results.Count == 0)
                transaction.Move(
                    study, result.Outcome == StudyOutcome.NothingToDo ? StudyState.NothingToDo : StudyState.NeedsAttention,
                    result.Reason?.Kind.ToString() ?? "NoResults",
                    result.Reason?.Text ?? "The run ended without a result object.", result.WhatToDo);
            else if (!routing.HasDestinations)
                transaction.Move(
                    study, StudyState.NeedsAttention, "NoDestination", "There are results, but no peer receives results.",
                    "Set ReceivesResults for a peer, then send the study again; the results are in its work folder.");
            else
                OutboxQueue.Queue(transaction, study, result, routing);
            FetchQueue.Settle(transaction, study, result.Wanted, fetching);
            return true;
        });

    /// <summary>An attempt failed: the next one is due after <paramref name="delay"/>, or there is none any more.</summary>
    public static Task FailProcessingAsync(
        this StateStore store, StudyTask task, string reason, int maximumAttempts, TimeSpan delay) =>
        store.WriteAsync(transaction =>
        {
            if (Ending(transaction, task) is not { } study)
                return;
            if (study.Attempts >= maximumAttempts)
            {
                GiveUp(transaction, study, "ProcessingFailed", reason);
                return;
            }

            transaction.Move(study, StudyState.Ready, "ProcessingFailed", reason);
            study.DueAt = transaction.Now + delay;
        });

    /// <summary>The program ends in an orderly way: the study waits again, and the attempt does not count.</summary>
    public static Task ReleaseProcessingAsync(this StateStore store, StudyTask task) => store.WriteAsync(transaction =>
    {
        if (Ending(transaction, task) is not { } study)
            return;
        study.Attempts--;
        transaction.Move(study, StudyState.Ready);
    });

    private static IQueryable<StudyRecord> Unleased(NodeDbContext db, DateTimeOffset now) => db.Studies
        .Where(s => !db.Leases.Any(l =>
            l.Kind == LeaseKind.Study && l.Resource == s.StudyInstanceUid && l.ExpiresAt > now));

    private static int Resume(StateTransaction transaction, int maximumAttempts)
    {
        StudyRecord[] unleased =
        [
            .. Unleased(transaction.Db, transaction.Now).Where(s => s.State == StudyState.Processing).LockedOrSkipped(),
        ];
        // Once more, for another node may have taken it before it was locked here.
        StudyRecord[] interrupted = [.. unleased.Where(s => !transaction.IsLeased(LeaseKind.Study, s.StudyInstanceUid))];
        foreach (StudyRecord study in interrupted)
        {
            if (study.Attempts >= maximumAttempts)
                GiveUp(transaction, study, "ProcessingInterrupted", "The program ended while it processed the study.");
            else
                transaction.Move(study, StudyState.Ready);
        }

        return interrupted.Length;
    }

    /// <summary>The study if it is still the task's; null where late instances have overtaken the run.</summary>
    /// <exception cref="LeaseLostException">It may be another node's by now.</exception>
    private static StudyRecord? Running(StateTransaction transaction, StudyTask task)
    {
        transaction.Demand(task.Lease);
        return transaction.Db.Studies.Find(task.StudyInstanceUid) is { State: StudyState.Processing } study
            && study.Revision == task.Revision
                ? study
                : null;
    }

    /// <summary>The study as in <see cref="Running"/>, and the lease is given back in the same transaction.</summary>
    private static StudyRecord? Ending(StateTransaction transaction, StudyTask task)
    {
        StudyRecord? study = Running(transaction, task);
        transaction.Release(task.Lease);
        return study;
    }

    private static void GiveUp(StateTransaction transaction, StudyRecord study, string code, string reason) => transaction.Move(
        study, StudyState.NeedsAttention, code, $"{reason} (attempt {study.Attempts})",
        "Look at the log of the time of the attempts; when the cause is removed, have it processed again (dicomrn jobs retry).");

    private static void StoreResult(StateTransaction transaction, StudyTask task, StudyResult result)
    {
        string json = JsonSerializer.Serialize(result, StudyResultJson.Options);
        StudyResultRecord? stored = transaction.Db.StudyResults.Find(task.StudyInstanceUid, task.Revision);
        if (stored is null)
        {
            transaction.Db.StudyResults.Add(new StudyResultRecord
            {
                StudyInstanceUid = task.StudyInstanceUid,
                Revision = task.Revision,
                Json = json,
                FinishedAt = transaction.Now,
            });
            return;
        }

        stored.Json = json;
        stored.FinishedAt = transaction.Now;
    }
}
