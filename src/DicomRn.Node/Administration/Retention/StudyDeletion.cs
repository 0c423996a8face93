using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Retention;

/// <summary>
/// Deletes studies: marks the study first, removes its files, then its rows. Whatever a crash interrupts is finished before the
/// node receives again, so that neither a file without a row nor a row without a file is left.
/// </summary>
internal sealed class StudyDeletion(
    StateStore store, DataFolders folders, StudyPatients patients, AuditTrail audit, ILogger<StudyDeletion> logger)
{
    private const string BackupIsMade = "a backup of the data directory is being made; try again when it is done";
    private readonly StudyFileRemoval _files = new(store, folders);

    /// <summary>Why a person may not have a study deleted in its state; null where that may be.</summary>
    public static string? RefuseDiscard(StudyRecord study) => study.State == StudyState.Processing
        ? "it is being processed; discard it when that has ended"
        : null;

    /// <summary>Deletes a study.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="refuse">Says why the study may not go; null where it may. Asked in the transaction that marks it.</param>
    /// <param name="cancellationToken">Ends the wait; the rest is done at the next start.</param>
    /// <exception cref="IOException">A file cannot be removed; the deletion stays begun.</exception>
    public async Task<JobOutcome> DeleteAsync(
        string studyInstanceUid, string by, string reason, Func<StudyRecord, string?> refuse, CancellationToken cancellationToken)
    {
        using IDisposable? gate = DeletionGate.TryTake(folders);
        if (gate is null)
            return new JobOutcome(JobResult.Busy, $"Study {studyInstanceUid} is kept: {BackupIsMade}.");
        (DeletionRecord? mark, JobOutcome? refusal) = await store.WriteAsync(
            transaction => Mark(transaction, studyInstanceUid, by, reason, refuse));
        if (mark is null)
            return refusal!;
        KillPoints.Reach(KillPoint.DeletionMarked);
        long bytes = await FinishAsync(mark, cancellationToken);
        return new JobOutcome(JobResult.Done, $"Study {studyInstanceUid} is deleted: {mark.Instances} instances, {bytes} bytes.");
    }

    /// <summary>Deletes a file of the quarantine.</summary>
    /// <returns>Whether it was; false while a backup is made.</returns>
    public async Task<bool> DeleteQuarantinedAsync(long id, string by, string reason, CancellationToken cancellationToken)
    {
        using IDisposable? gate = DeletionGate.TryTake(folders);
        if (gate is null)
            return false;
        DeletionRecord? mark = await store.WriteAsync(transaction =>
        {
            if (transaction.Db.Quarantine.Find(id) is not { } file)
                return null;
            DeletionRecord begun = new()
            {
                StudyInstanceUid = file.StudyInstanceUid,
                QuarantinedPath = file.Path,
                Revision = 0,
                By = by,
                Reason = reason,
                Instances = 1,
                Bytes = 0,
                At = transaction.Now,
            };
            transaction.Db.Quarantine.Remove(file);
            transaction.Db.Deletions.Add(begun);
            transaction.Db.SaveChanges();
            return begun;
        });
        if (mark is not null)
            await FinishAsync(mark, cancellationToken);
        return true;
    }

    /// <summary>Finishes what was begun before the program ended, or failed. While a backup is made it waits for the next time.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        List<DeletionRecord> begun = await store.ReadAsync(db => db.Deletions
            .Where(d => d.FinishedAt == null).OrderBy(d => d.Id).ToListAsync(cancellationToken));
        if (begun.Count == 0)
            return;
        using IDisposable? gate = DeletionGate.TryTake(folders);
        if (gate is null)
            return;
        foreach (DeletionRecord mark in begun)
        {
            try
            {
                await FinishAsync(mark, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What is left is consistent and tried again; the node need not wait for it.
                DeletionLog.NotFinished(logger, mark.StudyInstanceUid ?? mark.QuarantinedPath ?? "", e.Message);
            }
        }
    }

    private static (DeletionRecord? Mark, JobOutcome? Refusal) Mark(
        StateTransaction transaction, string uid, string by, string reason, Func<StudyRecord, string?> refuse)
    {
        NodeDbContext db = transaction.Db;
        StudyRecord? study = db.Studies.Find(uid);
        int instances = db.Instances.Count(i => i.StudyInstanceUid == uid);
        // Results of ours that came back have no study of their own, and go like one.
        if (study is null && instances == 0)
            return (null, new JobOutcome(JobResult.NotFound, $"There is no study {uid}."));
        if (study?.State == StudyState.Discarding
            && db.Deletions.FirstOrDefault(d => d.StudyInstanceUid == uid && d.QuarantinedPath == null && d.FinishedAt == null) is { } begun)
            return (begun, null);
        if (study is not null && refuse(study) is { } why)
            return (null, new JobOutcome(JobResult.Refused, $"Study {uid} is {study.State}: {why}."));
        DeletionRecord mark = new()
        {
            StudyInstanceUid = uid,
            Revision = study?.Revision ?? 0,
            State = study?.State,
            By = by,
            Reason = reason,
            Instances = instances,
            Bytes = 0,
            At = transaction.Now,
        };
        db.Deletions.Add(mark);
        db.Deliveries.RemoveRange(db.Deliveries.Where(d => d.StudyInstanceUid == uid));
        if (study is not null)
            transaction.Move(study, StudyState.Discarding, "Discarding", reason);
        db.SaveChanges();
        return (mark, null);
    }

    private async Task<long> FinishAsync(DeletionRecord mark, CancellationToken cancellationToken)
    {
        if (mark.QuarantinedPath is { } quarantined)
        {
            long freed = StudyFileRemoval.RemoveQuarantined(folders.Absolute(quarantined));
            await store.WriteAsync(transaction => Close(transaction, mark.Id, freed));
            DeletionLog.QuarantineDeleted(logger, quarantined, freed, mark.Reason);
            return freed;
        }

        string uid = mark.StudyInstanceUid!;
        AuditPatient patient = await patients.OfAsync(uid, cancellationToken);
        long bytes = await _files.RemoveAsync(mark, cancellationToken);
        KillPoints.Reach(KillPoint.DeletionFilesRemoved);
        bool reopened = await store.WriteAsync(transaction => RemoveRows(transaction, mark, bytes));
        KillPoints.Reach(KillPoint.DeletionRecorded);
        DeletionLog.Deleted(logger, uid, mark.State, bytes, mark.By, mark.Reason);
        if (reopened)
            DeletionLog.Reopened(logger, uid);
        audit.Post(AuditEvents.StudyDeleted(uid, patient, mark.By, mark.Reason));
        return bytes;
    }

    /// <summary>Removes the rows whose files are gone; what came meanwhile stays.</summary>
    /// <returns>Whether anything stayed.</returns>
    private bool RemoveRows(StateTransaction transaction, DeletionRecord mark, long bytes)
    {
        NodeDbContext db = transaction.Db;
        string uid = mark.StudyInstanceUid!;
        InstanceRecord[] rows = [.. db.Instances.Where(i => i.StudyInstanceUid == uid)];
        // A row of before the mark whose file is there again: its instance was sent anew while the deletion went on.
        InstanceRecord[] gone = [.. rows.Where(i => i.ReceivedAt <= mark.At && !File.Exists(folders.Absolute(i.Path)))];
        db.Instances.RemoveRange(gone);
        db.Results.RemoveRange(db.Results.Where(r => r.StudyInstanceUid == uid && r.Revision <= mark.Revision));
        db.Fetches.RemoveRange(db.Fetches.Where(f => f.StudyInstanceUid == uid));
        db.Fetched.RemoveRange(db.Fetched.Where(f => f.StudyInstanceUid == uid));
        db.StudyResults.RemoveRange(db.StudyResults.Where(r => r.StudyInstanceUid == uid && r.Revision <= mark.Revision));
        int kept = rows.Except(gone).Count(i => !i.IsOwnResult);
        if (db.Studies.Find(uid) is { } study)
        {
            if (kept == 0 && study.State != StudyState.Processing)
                db.Studies.Remove(study);
            else
                Keep(transaction, study, kept);
        }

        Close(transaction, mark.Id, bytes);
        return kept > 0;
    }

    private static void Keep(StateTransaction transaction, StudyRecord study, int instances)
    {
        if (study.State == StudyState.Discarding)
        {
            transaction.Move(study, StudyState.Assembling);
            study.Revision++;
            study.Attempts = 0;
            study.Outcome = null;
            study.FirstInstanceAt = transaction.Now;
            study.DueAt = transaction.Now + TimeSpan.FromMinutes(1);
        }

        study.InstanceCount = instances;
        study.Version++;
    }

    private static void Close(StateTransaction transaction, long id, long bytes)
    {
        if (transaction.Db.Deletions.Find(id) is not { FinishedAt: null } deletion)
            return;
        deletion.Bytes += bytes;
        deletion.FinishedAt = transaction.Now;
    }
}
