using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>Keeps history within its bounds, a little at a time, so that the store's writer is never held up.</summary>
internal static class HistoryPruning
{
    private const int LargestBatch = 2000;

    /// <summary>Deletes lines from before <paramref name="oldest"/>, and of each kind all but the latest <paramref name="most"/>.</summary>
    public static async Task PruneHistoryAsync(this StateStore store, DateTimeOffset oldest, int most)
    {
        await PruneAsync(store, db => db.StudyEvents.OrderBy(e => e.Id).Select(e => new Line(e.Id, e.At)),
            (db, last) => db.StudyEvents.Where(e => e.Id <= last).ExecuteDelete(), oldest, most);
        await PruneAsync(store, db => db.Associations.OrderBy(a => a.Id).Select(a => new Line(a.Id, a.EndedAt)),
            (db, last) => db.Associations.Where(a => a.Id <= last).ExecuteDelete(), oldest, most);
        await PruneAsync(store, db => db.DeliveryAttempts.OrderBy(a => a.Id).Select(a => new Line(a.Id, a.At)),
            (db, last) => db.DeliveryAttempts.Where(a => a.Id <= last).ExecuteDelete(), oldest, most);
    }

    private static async Task PruneAsync(
        StateStore store, Func<NodeDbContext, IQueryable<Line>> lines, Action<NodeDbContext, long> delete, DateTimeOffset oldest, int most)
    {
        while (true)
        {
            (List<Line> first, int count) = await store.ReadAsync(
                async db => (await lines(db).Take(LargestBatch).ToListAsync(), await lines(db).CountAsync()));
            int surplus = Math.Min(Math.Max(count - most, 0), first.Count);
            int old = first.TakeWhile(line => line.At < oldest).Count();
            int gone = Math.Max(surplus, old);
            if (gone == 0)
                return;
            long last = first[gone - 1].Id;
            await store.WriteUnsyncedAsync(transaction => delete(transaction.Db, last));
        }
    }

    private sealed record Line(long Id, DateTimeOffset At);
}
