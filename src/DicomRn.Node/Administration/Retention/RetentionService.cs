using System.Data.Common;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Retention;

/// <summary>Deletes what is finished and old, or too much, as the settings say; the oldest first.</summary>
internal sealed class RetentionService(
    StateStore store, DataFolders folders, StudyDeletion deletion, RetentionOptions options, TimeProvider timeProvider,
    ILogger<RetentionService> logger) : BackgroundService
{
    private const string By = "retention";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Interval, timeProvider);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbUpdateException or DbException)
            {
                DeletionLog.RoundFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One round: first what was begun before, then by age, then by size.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await deletion.ResumeAsync(cancellationToken);
        if (!options.IsOn)
            return;
        DateTimeOffset now = timeProvider.GetUtcNow();
        if (!await DeleteOldAsync(now, cancellationToken) || !await DeleteQuarantineAsync(now, cancellationToken))
        {
            DeletionLog.Waiting(logger);
            return;
        }

        if (options.MaximumSize is { } maximum)
            await DeleteToSizeAsync(maximum, cancellationToken);
    }

    private async Task<bool> DeleteOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (StoredStudy study in await StoredStudy.ReadEndedAsync(store, cancellationToken))
        {
            TimeSpan? keep = study.IsFinished ? options.KeepFinished : options.KeepUnfinished;
            if (keep is { } time && study.Since <= now - time
                && !await DeleteAsync(study, $"{study.State?.ToString() ?? "Results that came back"} for more than {time}", cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<bool> DeleteQuarantineAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.KeepQuarantine is not { } keep)
            return true;
        DateTimeOffset before = now - keep;
        long[] old = await store.ReadAsync(db => db.Quarantine
            .Where(q => q.At <= before).OrderBy(q => q.Id).Select(q => q.Id).ToArrayAsync(cancellationToken));
        foreach (long id in old)
            if (!await deletion.DeleteQuarantinedAsync(id, By, $"in quarantine for more than {keep}", cancellationToken))
                return false;
        return true;
    }

    private async Task DeleteToSizeAsync(long maximum, CancellationToken cancellationToken)
    {
        long instances = await store.ReadAsync(db => db.Instances.SumAsync(i => i.Size, cancellationToken));
        long size = instances + SizeOf(folders.Work) + SizeOf(folders.Fetched);
        if (size <= maximum)
            return;
        foreach (StoredStudy study in (await StoredStudy.ReadEndedAsync(store, cancellationToken)).Where(s => s.IsFinished))
        {
            long bytes = study.InstanceBytes + SizeOf(Path.Combine(folders.Work, study.StudyInstanceUid))
                + SizeOf(folders.FetchedFor(study.StudyInstanceUid));
            if (!await DeleteAsync(study, $"more than {maximum} bytes are stored", cancellationToken))
                return;
            size -= bytes;
            if (size <= maximum)
                return;
        }

        DeletionLog.StillTooLarge(logger, size, maximum);
    }

    /// <summary>Whether deletions may go on; one that is refused because its study has changed does not end them.</summary>
    private async Task<bool> DeleteAsync(StoredStudy study, string reason, CancellationToken cancellationToken)
    {
        JobOutcome outcome = await deletion.DeleteAsync(
            study.StudyInstanceUid, By, reason,
            now => now.State == study.State && now.ChangedAt == study.Since ? null : "it has changed",
            cancellationToken);
        return outcome.Result != JobResult.Busy;
    }

    private static long SizeOf(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;
}
