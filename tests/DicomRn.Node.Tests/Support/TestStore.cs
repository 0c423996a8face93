using DicomRn.Node.State;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DicomRn.Node.Tests.Support;

/// <summary>A state store in a data directory, with a clock that the test moves.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Study = "1.2.826.0.1.3680043.2.1.1";

    /// <summary>Where its clock begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private TestStore(StateStore store, StudyFeed feed, FakeTimeProvider clock)
    {
        Store = store;
        Feed = feed;
        Clock = clock;
    }

    public StateStore Store { get; }

    public StudyFeed Feed { get; }

    public FakeTimeProvider Clock { get; }

    public static Task<TestStore> OpenAsync(NodeFolder folder, FakeTimeProvider? clock = null) =>
        OpenAsync(StateProvider.Sqlite, folder, clock);

    /// <summary>Opens the store of a folder; with PostgreSQL it is a database that the folder has to itself.</summary>
    public static async Task<TestStore> OpenAsync(StateProvider provider, NodeFolder folder, FakeTimeProvider? clock = null)
    {
        if (provider == StateProvider.PostgreSql)
            return await OpenSharedAsync(await PostgresServer.DatabaseOfAsync(folder.Path), "node", clock);
        clock ??= NewClock();
        StudyFeed feed = new();
        StateStore store = await StateStore.OpenAsync(
            folder.Folders.Database, feed, clock, NullLogger<StateStore>.Instance, TestContext.Current.CancellationToken);
        return new TestStore(store, feed, clock);
    }

    /// <summary>Opens the store as one of the nodes that share a database, with leases of 30 s.</summary>
    public static async Task<TestStore> OpenSharedAsync(string connectionString, string node, FakeTimeProvider? clock = null)
    {
        clock ??= NewClock();
        StudyFeed feed = new();
        StateStore store = await StateStore.OpenSharedAsync(
            new NpgsqlConnectionStringBuilder(connectionString), new LeaseTerms(node, TimeSpan.FromSeconds(30)), feed, clock,
            NullLogger<StateStore>.Instance, TestContext.Current.CancellationToken);
        return new TestStore(store, feed, clock);
    }

    /// <summary>Records an instance of a study, with a quiet period of 60 s and a hard maximum of 10 min.</summary>
    public Task<ReceiptOutcome> ReceiveAsync(string sop, string study = Study, byte patient = 1, bool isOwnResult = false) =>
        Store.RecordInstanceAsync(new InstanceReceipt(
            Instance(sop, study, isOwnResult), [patient], TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10)));

    public InstanceRecord Instance(string sop, string study = Study, bool isOwnResult = false) => new()
    {
        SopInstanceUid = sop,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        StudyInstanceUid = study,
        SeriesInstanceUid = study + ".1",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        Path = $"instances/{study}/{study}.1/{sop}.dcm",
        Size = 100,
        DataSetHash = new byte[32],
        DataSetOffset = 10,
        SourceAeTitle = "MODALITY",
        ReceivedAt = Clock.GetUtcNow(),
        IsOwnResult = isOwnResult,
    };

    public async Task<StudyRecord> StudyAsync(string study = Study) =>
        await Store.ReadAsync(async db => await db.Studies.FindAsync(study))
        ?? throw new InvalidOperationException($"No study {study}.");

    /// <summary>Takes a study to the state it has when a worker has it.</summary>
    public async Task<StudyTask> ProcessAsync(string sop = "1.1")
    {
        await ReceiveAsync(sop);
        Clock.Advance(TimeSpan.FromSeconds(60));
        await Store.CompleteDueStudiesAsync();
        return await Store.BeginProcessingAsync() ?? throw new InvalidOperationException("No study was ready.");
    }

    public Task<IReadOnlyList<DueDelivery>> DueAsync(string destination) =>
        Store.DueDeliveriesAsync(destination, Clock.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>Stores that a destination took everything that is due for it.</summary>
    public async Task DeliverAllAsync(string destination)
    {
        IReadOnlyList<DueDelivery> due = await DueAsync(destination);
        await Store.RecordAttemptAsync(
            due[0].StudyInstanceUid, [.. due.Select(d => new DeliveryAttempt(d.Id, DeliveryState.Delivered, 0, null, null))]);
    }

    private static FakeTimeProvider NewClock() => new(Start);

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
