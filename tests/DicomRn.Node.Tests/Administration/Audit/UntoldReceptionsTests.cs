using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Administration.Audit;

public sealed class UntoldReceptionsTests : IDisposable
{
    private const string Other = TestStore.Study + ".7";

    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_came_on_an_association_that_the_node_did_not_outlive_is_found_once()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        using (InstanceLog log = OpenLog())
        {
            AssociationFeed associations = new();
            UntoldReceptions first = Receptions(store, associations, log);
            first.Begin();
            Assert.Empty(await first.FindAsync(Token));
            await store.ReceiveAsync("1.1", Other);
            store.Clock.Advance(TimeSpan.FromMinutes(1));
            associations.Begin(Association(store));
            await store.ReceiveAsync("1.2", TestStore.Study);
            await store.ReceiveAsync("1.3", TestStore.Study);
            store.Clock.Advance(TimeSpan.FromMinutes(1));
            await store.ReceiveAsync("1.4", Other);
            Assert.Equal(TestStore.Start + TimeSpan.FromMinutes(1), first.Posted());
            first.Note(first.Posted()!.Value);
        }

        store.Clock.Advance(TimeSpan.FromMinutes(1));
        using InstanceLog again = OpenLog();
        UntoldReceptions second = Receptions(store, new AssociationFeed(), again);
        second.Begin();
        Assert.Null(second.Posted());
        await store.ReceiveAsync("1.5", Other);

        UntoldReception[] untold = [.. (await second.FindAsync(Token)).OrderBy(r => r.StudyInstanceUid, StringComparer.Ordinal)];

        Assert.Equal([TestStore.Study, Other], untold.Select(r => r.StudyInstanceUid));
        Assert.Equal([2, 1], untold.Select(r => r.SopClasses.Values.Sum()));
        Assert.All(untold, r => Assert.Equal("MODALITY", r.AeTitle));
        Assert.Equal(TestStore.Start + TimeSpan.FromMinutes(2), untold[1].At);
        Assert.Equal(TestStore.Start + TimeSpan.FromMinutes(1), second.Posted());
        second.EndFinding();
        Assert.Empty(await second.FindAsync(Token));
        Assert.Equal(store.Clock.GetUtcNow(), second.Posted());
    }

    [Fact]
    public async Task What_came_on_associations_that_ended_is_not_found()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        using InstanceLog log = OpenLog();
        AssociationFeed associations = new();
        UntoldReceptions first = Receptions(store, associations, log);
        first.Begin();
        Assert.Empty(await first.FindAsync(Token));
        AssociationAccount association = Association(store);
        associations.Begin(association);
        await store.ReceiveAsync("1.1", TestStore.Study);
        store.Clock.Advance(TimeSpan.FromMinutes(1));
        associations.Publish(association);
        first.Note(first.Posted()!.Value);

        UntoldReceptions second = Receptions(store, new AssociationFeed(), log);
        second.Begin();

        Assert.Empty(await second.FindAsync(Token));
    }

    [Fact]
    public async Task Without_a_trail_for_a_while_nothing_of_that_while_is_found()
    {
        await using TestStore store = await TestStore.OpenAsync(_folder);
        using InstanceLog log = OpenLog();
        UntoldReceptions receptions = Receptions(store, new AssociationFeed(), log);
        receptions.Begin();
        Assert.Empty(await receptions.FindAsync(Token));
        receptions.Forget();
        await store.ReceiveAsync("1.1", TestStore.Study);
        store.Clock.Advance(TimeSpan.FromMinutes(1));

        UntoldReceptions later = Receptions(store, new AssociationFeed(), log);
        later.Begin();

        Assert.Empty(await later.FindAsync(Token));
    }

    private InstanceLog OpenLog() => InstanceLog.Open(_folder.Folders.InstanceLog, new InstanceLogOptions { SegmentSize = 65_536 });

    private UntoldReceptions Receptions(TestStore store, AssociationFeed associations, InstanceLog log) => new(
        store.Store, _folder.Folders, new AuditFiles(new AuditOptions(), _folder.Folders, store.Clock), associations, log, store.Clock);

    private static AssociationAccount Association(TestStore store) => new()
    {
        CallingAeTitle = "MODALITY",
        CalledAeTitle = "DICOMRN",
        Host = "127.0.0.1",
        IsSecured = false,
        StartedAt = store.Clock.GetUtcNow(),
    };
}
