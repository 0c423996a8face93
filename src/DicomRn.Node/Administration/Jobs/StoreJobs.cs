using DicomRn.Node.Administration.Retention;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>The jobs in a state store of this process.</summary>
internal sealed class StoreJobs(StateStore store, StudyDeletion deletion, NodeStatusReader status) : IJobs
{
    public Task<NodeStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        status.ReadAsync(cancellationToken);

    public Task<IReadOnlyList<StudyJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<StudyJob>>(async db =>
        {
            IQueryable<StudyRecord> studies = db.Studies;
            if (filter.States.Count > 0)
                studies = studies.Where(s => filter.States.Contains(s.State));
            if (filter.Since is { } since)
                studies = studies.Where(s => s.ChangedAt >= since);
            List<StudyRecord> found = await studies
                .OrderByDescending(s => s.ChangedAt).Take(filter.Limit).ToListAsync(cancellationToken);
            return [.. found.Select(JobOf)];
        });

    public Task<StudyJobDetails?> FindAsync(string studyInstanceUid, CancellationToken cancellationToken) =>
        store.ReadAsync(async db =>
        {
            if (await db.Studies.FindAsync([studyInstanceUid], cancellationToken) is not { } study)
                return null;
            List<StudyEventRecord> events = await db.StudyEvents
                .Where(e => e.StudyInstanceUid == studyInstanceUid).OrderBy(e => e.Id).ToListAsync(cancellationToken);
            List<ReceivedSeries> series = await db.Instances
                .Where(i => i.StudyInstanceUid == studyInstanceUid)
                .GroupBy(i => new { i.SeriesInstanceUid, i.SopClassUid })
                .Select(g => new ReceivedSeries(
                    g.Key.SeriesInstanceUid, g.Key.SopClassUid, g.Count(), g.Sum(i => i.Size), g.Max(i => i.SourceAeTitle)!))
                .ToListAsync(cancellationToken);
            List<ResultRecord> results = await db.Results
                .Where(r => r.StudyInstanceUid == studyInstanceUid).OrderBy(r => r.SopInstanceUid).ToListAsync(cancellationToken);
            List<DeliveryRecord> deliveries = await db.Deliveries
                .Where(d => d.StudyInstanceUid == studyInstanceUid).OrderBy(d => d.Id).ToListAsync(cancellationToken);
            FetchRecord? fetch = await db.Fetches.FindAsync([studyInstanceUid], cancellationToken);
            List<FetchedInstanceRecord> fetched = await db.Fetched
                .Where(f => f.StudyInstanceUid == studyInstanceUid).OrderBy(f => f.SopInstanceUid).ToListAsync(cancellationToken);
            return new StudyJobDetails(
                JobOf(study),
                [.. events.Select(e => new StudyJobEvent(e.At, e.Revision, e.From, e.To, e.ReasonCode, e.Reason))],
                [.. series.OrderBy(s => s.SeriesInstanceUid, StringComparer.Ordinal)],
                [.. results.Select(r => new ResultObject(r.SopInstanceUid, r.Kind, r.Revision, r.Path))],
                [.. deliveries.Select(JobOf)])
            {
                Fetching = fetch is null ? null : new FetchJob(
                    fetch.Rounds,
                    fetch.NextAttemptAt,
                    [
                        .. fetched.GroupBy(f => (f.OwnStudyInstanceUid, f.SeriesInstanceUid, f.SopClassUid, f.Source)).Select(g => new FetchedSeries(
                            g.Key.OwnStudyInstanceUid, g.Key.SeriesInstanceUid, g.Key.SopClassUid, g.Count(), g.Sum(f => f.Size), g.Key.Source)),
                    ],
                    FetchQueue.Entries(fetch)),
            };
        });

    public Task<IReadOnlyList<DeliveryAttemptEntry>> GetDeliveriesAsync(JobFilter filter, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<DeliveryAttemptEntry>>(async db =>
        {
            IQueryable<DeliveryAttemptRecord> attempts = db.DeliveryAttempts;
            if (filter.Since is { } since)
                attempts = attempts.Where(a => a.At >= since);
            return await attempts.OrderByDescending(a => a.Id).Take(filter.Limit)
                .Select(a => new DeliveryAttemptEntry(
                    a.At, a.StudyInstanceUid, a.ResultSopInstanceUid, a.Destination, a.Attempt, a.State, a.Status, a.Error))
                .ToListAsync(cancellationToken);
        });

    public Task<IReadOnlyList<AssociationEntry>> GetAssociationsAsync(JobFilter filter, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<AssociationEntry>>(async db =>
        {
            IQueryable<AssociationRecord> associations = db.Associations;
            if (filter.Since is { } since)
                associations = associations.Where(a => a.EndedAt >= since);
            return await associations.OrderByDescending(a => a.Id).Take(filter.Limit)
                .Select(a => new AssociationEntry(
                    a.StartedAt, a.EndedAt, a.CallingAeTitle, a.CalledAeTitle, a.Host, a.IsSecured, a.Stored, a.Refused, a.End, a.Reason))
                .ToListAsync(cancellationToken);
        });

    public Task<IReadOnlyList<DeletionEntry>> GetDeletionsAsync(JobFilter filter, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<DeletionEntry>>(async db =>
        {
            IQueryable<DeletionRecord> deletions = db.Deletions;
            if (filter.Since is { } since)
                deletions = deletions.Where(d => d.At >= since);
            return await deletions.OrderByDescending(d => d.Id).Take(filter.Limit)
                .Select(d => new DeletionEntry(
                    d.At, d.FinishedAt, d.StudyInstanceUid, d.QuarantinedPath, d.State, d.Instances, d.Bytes, d.By, d.Reason))
                .ToListAsync(cancellationToken);
        });

    public Task<JobOutcome> RetryAsync(string studyInstanceUid, string by, CancellationToken cancellationToken) =>
        store.RetryStudyAsync(studyInstanceUid);

    public Task<JobOutcome> DiscardAsync(string studyInstanceUid, string by, string reason, CancellationToken cancellationToken) =>
        deletion.DeleteAsync(studyInstanceUid, by, reason, StudyDeletion.RefuseDiscard, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StudyJob JobOf(StudyRecord s) => new(
        s.StudyInstanceUid, s.State, s.Step, s.Revision, s.Attempts, s.InstanceCount, s.ReasonCode, s.Reason, s.WhatToDo,
        s.FirstInstanceAt, s.LastInstanceAt, s.DueAt, s.ChangedAt);

    private static DeliveryJob JobOf(DeliveryRecord d) => new(
        d.Id, d.StudyInstanceUid, d.ResultSopInstanceUid, d.Destination, d.State, d.Attempts, d.QueuedAt,
        d.State == DeliveryState.Queued ? d.NextAttemptAt : null, d.FinishedAt, d.LastStatus, d.LastError);
}
