using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Administration.Jobs;

public sealed class HistoryTests : IDisposable
{
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Moves_of_studies_are_written_together_and_steps_are_no_moves()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        using HistoryRecorder history = Recorder(store, new AssociationFeed());
        StudyTask task = await store.ProcessAsync();
        await store.Store.RecordStepAsync(task, DicomRn.Node.Pipeline.StudyStep.Matching);

        await history.FlushAsync();

        StudyEventRecord[] events = await store.Store.ReadAsync(db => db.StudyEvents.OrderBy(e => e.Id).ToArrayAsync(Token));
        Assert.Equal(
            [(null, StudyState.Assembling), (StudyState.Assembling, StudyState.Ready), (StudyState.Ready, StudyState.Processing)],
            events.Select(e => (e.From, e.To)));
        Assert.Equal(TimeSpan.FromSeconds(60), events[1].At - events[0].At);
    }

    [Fact]
    public async Task History_is_bounded_by_age_and_by_number()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        AssociationFeed associations = new();
        using HistoryRecorder history = Recorder(store, associations);
        for (int i = 0; i < 5_000; i++)
        {
            if (i == 3_000)
                store.Clock.Advance(TimeSpan.FromDays(10));
            associations.Publish(Association($"AE{i}", store.Clock.GetUtcNow()));
        }

        await history.FlushAsync();
        await store.Store.PruneHistoryAsync(store.Clock.GetUtcNow() - TimeSpan.FromDays(5), 100_000);
        Assert.Equal(2_000, await store.Store.ReadAsync(db => db.Associations.CountAsync(Token)));

        await store.Store.PruneHistoryAsync(DateTimeOffset.UnixEpoch, 150);
        AssociationRecord[] kept = await store.Store.ReadAsync(db => db.Associations.OrderBy(a => a.Id).ToArrayAsync(Token));
        Assert.Equal((150, "AE4850", "AE4999"), (kept.Length, kept[0].CallingAeTitle, kept[^1].CallingAeTitle));
    }

    private static HistoryRecorder Recorder(TestStore store, AssociationFeed associations) => new(
        store.Store, store.Feed, associations, new HistoryOptions(), store.Clock, NullLogger<HistoryRecorder>.Instance);

    private static AssociationAccount Association(string calling, DateTimeOffset at) => new()
    {
        CallingAeTitle = calling,
        CalledAeTitle = "DICOMRN",
        Host = "127.0.0.1",
        IsSecured = false,
        StartedAt = at,
        EndedAt = at,
        End = AssociationEnd.Released,
    };
}
