using System.Text.Json;
using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>Rounds of asking others for what a study lacks.</summary>
internal static class FetchTransitions
{
    /// <summary>When the next round is due; null when none is.</summary>
    public static Task<DateTimeOffset?> NextFetchAsync(this StateStore store, CancellationToken cancellationToken) =>
        store.ReadAsync(db => Unleased(db, store.Now).MinAsync(f => f.NextAttemptAt, cancellationToken));

    /// <summary>Takes the round that is due for longest, if any is and no other node has it.</summary>
    public static Task<FetchTask?> BeginFetchAsync(this StateStore store) => store.WriteAsync(
        transaction =>
        {
            while (Unleased(transaction.Db, transaction.Now)
                .Where(f => f.NextAttemptAt <= transaction.Now)
                .OrderBy(f => f.NextAttemptAt)
                .Take(1)
                .LockedOrSkipped()
                .AsEnumerable()
                .FirstOrDefault() is { } record)
            {
                if (Begin(transaction, record) is { } task)
                    return task;
                transaction.Db.SaveChanges();
            }

            return null;
        },
        RowLocking.Explicit);

    /// <summary>Records objects whose files are durable, and what there is to say of it.</summary>
    /// <returns>Whether they are wanted still; if not, nothing was recorded.</returns>
    /// <exception cref="LeaseLostException">The round may be another node's by now; nothing was stored.</exception>
    public static Task<bool> RecordFetchedAsync(
        this StateStore store, FetchTask task, IReadOnlyList<FetchedInstanceRecord> objects, IReadOnlyList<FetchEntry> entries) =>
        store.WriteAsync(transaction =>
        {
            transaction.Demand(task.Lease);
            if (transaction.Db.Studies.Find(task.StudyInstanceUid) is not { State: not StudyState.Discarding }
                || transaction.Db.Fetches.Find(task.StudyInstanceUid) is not { } record)
                return false;
            foreach (FetchedInstanceRecord fetched in objects)
            {
                if (transaction.Db.Fetched.Find(fetched.StudyInstanceUid, fetched.SopInstanceUid) is { } known)
                {
                    known.Path = fetched.Path;
                    continue;
                }

                transaction.Db.Fetched.Add(fetched);
                record.TakenSinceRun++;
            }

            FetchQueue.Append(record, entries);
            return true;
        });

    /// <summary>Ends a round: the study is processed with what there is, or others are asked again later.</summary>
    /// <param name="store">The store.</param>
    /// <param name="task">The round.</param>
    /// <param name="entries">What there is to say of it.</param>
    /// <param name="retryAfter">Where a peer did not answer, the wait before it is asked again; else null.</param>
    /// <param name="terms">See there.</param>
    /// <exception cref="LeaseLostException">The round may be another node's by now; nothing was stored.</exception>
    public static Task EndFetchAsync(
        this StateStore store, FetchTask task, IReadOnlyList<FetchEntry> entries, TimeSpan? retryAfter, FetchTerms terms) =>
        store.WriteAsync(transaction =>
        {
            transaction.Demand(task.Lease);
            transaction.Release(task.Lease);
            if (transaction.Db.Fetches.Find(task.StudyInstanceUid) is not { } record)
                return;
            record.Rounds++;
            record.Failures = retryAfter is null ? 0 : record.Failures + 1;
            FetchQueue.Append(record, entries);
            if (transaction.Db.Studies.Find(task.StudyInstanceUid) is { } study)
                GoOn(transaction, study, record, task.Revision, retryAfter, terms);
        });

    private static void GoOn(
        StateTransaction transaction, StudyRecord study, FetchRecord record, int revision, TimeSpan? retryAfter, FetchTerms terms)
    {
        DateTimeOffset now = transaction.Now;
        if (study.State == StudyState.Fetching)
        {
            if (study.Revision != revision)
            {
                // Late instances have begun another revision meanwhile, which may lack something else.
                record.NextAttemptAt = now;
                return;
            }

            if (retryAfter is { } wait && record.WaitUntil > now)
            {
                DateTimeOffset next = now + wait;
                record.NextAttemptAt = next < record.WaitUntil ? next : record.WaitUntil;
                return;
            }

            record.AskedRevision = study.Revision;
            record.NextAttemptAt = record.WaitUntil = null;
            transaction.Move(study, StudyState.Ready);
        }
        else if (IsOver(study.State) && record.IsNeeded)
        {
            if (record.TakenSinceRun > 0)
            {
                Reopen(transaction, study, record);
                return;
            }

            DateTimeOffset next = now + (retryAfter ?? terms.AskAgainAfter);
            record.NextAttemptAt = terms.HasPeers && next <= record.AskUntil ? next : null;
        }
        else
        {
            // Its processing goes on, and says what is wanted then.
            record.NextAttemptAt = null;
        }
    }

    /// <summary>As a late instance does: another revision, whose report names the one before.</summary>
    private static void Reopen(StateTransaction transaction, StudyRecord study, FetchRecord record)
    {
        transaction.Move(study, StudyState.Assembling, "Fetched", $"{record.TakenSinceRun} objects were fetched for it.");
        study.Revision++;
        study.Attempts = 0;
        study.Outcome = null;
        study.FirstInstanceAt = study.LastInstanceAt = transaction.Now;
        study.DueAt = transaction.Now;
        record.AskedRevision = study.Revision;
        record.NextAttemptAt = null;
    }

    private static FetchTask? Begin(StateTransaction transaction, FetchRecord record)
    {
        NodeDbContext db = transaction.Db;
        StudyRecord? study = db.Studies.Find(record.StudyInstanceUid);
        bool isWanted = study is not null && (study.State == StudyState.Fetching || (IsOver(study.State) && record.IsNeeded));
        if (!isWanted || study!.PatientIdKey is not { } patient
            || transaction.TakeLease(LeaseKind.Fetch, record.StudyInstanceUid) is not { } lease)
        {
            record.NextAttemptAt = null;
            record.Version++;
            return null;
        }

        record.IsWoken = false;
        record.Version++;
        return new FetchTask(
            study.StudyInstanceUid, study.Revision, JsonSerializer.Deserialize<WantedObjects>(record.Wanted, StudyResultJson.Options)!, patient,
            [
                .. db.Instances.Where(i => i.StudyInstanceUid == study.StudyInstanceUid && !i.IsOwnResult).OrderBy(i => i.Path)
                    .Select(i => new HeldObject(i.SopInstanceUid, i.SopClassUid, i.SeriesInstanceUid, i.StudyInstanceUid, i.Path, i.Size)),
            ],
            [
                .. db.Fetched.Where(f => f.StudyInstanceUid == study.StudyInstanceUid).OrderBy(f => f.Path)
                    .Select(f => new HeldObject(f.SopInstanceUid, f.SopClassUid, f.SeriesInstanceUid, f.OwnStudyInstanceUid, f.Path, f.Size)),
            ],
            record.Failures, lease);
    }

    private static bool IsOver(StudyState state) => state == StudyState.Delivering || StudyStateMachine.IsEnd(state);

    private static IQueryable<FetchRecord> Unleased(NodeDbContext db, DateTimeOffset now) => db.Fetches
        .Where(f => f.NextAttemptAt != null && !db.Leases.Any(l =>
            l.Kind == LeaseKind.Fetch && l.Resource == f.StudyInstanceUid && l.ExpiresAt > now));
}
