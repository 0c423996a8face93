using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>A store whose outbox holds results of a study for the destination <c>PACS</c>, and what works on it.</summary>
internal sealed class Outbox : IAsyncDisposable
{
    public const string Destination = "PACS";

    private readonly NodeFolder _folder;
    private bool _isClosed;

    private Outbox(NodeFolder folder, TestStore store)
    {
        _folder = folder;
        Store = store;
    }

    public TestStore Store { get; private set; }

    public DeliveryOptions Options { get; init; } = new()
    {
        ImmediateRetries = 0,
        RetryDelay = TimeSpan.FromMinutes(1),
        MaximumRetryDelay = TimeSpan.FromMinutes(10),
        BreakAfterFailures = 100,
        QueryAttempts = 2,
        MaximumResends = 2,
        CommitmentLinger = TimeSpan.FromMilliseconds(1),
    };

    public NodeOptions Node { get; } = new()
    {
        BindAddress = "127.0.0.1",
        Port = 0,
        Peers =
        {
            [Destination] = new PeerOptions
            {
                AeTitle = "PACS",
                Host = "127.0.0.1",
                Port = 104,
                ReceivesResults = true,
                Sends = false,
                Commitment = PeerCommitment.StorageCommitment,
            },
        },
    };

    public RoutingTable Routing => new(Node, Options);

    public CommitmentReports Reports { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Outbox> OpenAsync(NodeFolder folder, DeliveryOptions? options = null)
    {
        Outbox outbox = options is null
            ? new Outbox(folder, await TestStore.OpenAsync(folder))
            : new Outbox(folder, await TestStore.OpenAsync(folder)) { Options = options };
        outbox.Reports = outbox.CreateReports();
        return outbox;
    }

    /// <summary>Processes the study, anew where it was, with results named by kind and SOP Instance UID.</summary>
    public async Task QueueAsync(IResultRouting? routing, params (ResultKind Kind, string Sop)[] results)
    {
        List<ResultFile> files = [];
        foreach ((ResultKind kind, string sop) in results)
            files.Add(new ResultFile(
                await Instances.WriteResultAsync(_folder, sop), kind, DicomUID.SecondaryCaptureImageStorage.UID, sop, Instances.Study + ".9"));
        StudyTask task = await Store.ProcessAsync($"1.{Guid.NewGuid():N}"[..20]);
        await Store.Store.FinishProcessingAsync(task, Results.Answered() with { Results = files }, routing ?? Routing);
    }

    public Task QueueAsync(params string[] sops) => QueueAsync(null, [.. sops.Select(sop => (ResultKind.SC, sop))]);

    /// <summary>The program ends and starts again: all that is kept is the file of the store.</summary>
    public async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await TestStore.OpenAsync(_folder, Store.Clock);
        Reports = CreateReports();
    }

    public DestinationQueue Queue(int port, PeerCommitment commitment = PeerCommitment.None) => new(
        new Destination(Destination, Call(port), commitment), Options, Routing, Store.Store, Store.Clock, NullLogger.Instance);

    public ResultConfirmation Confirmation(int port, PeerCommitment commitment) => new(
        new Destination(Destination, Call(port), commitment), Options, Store.Store, Reports, Store.Clock, NullLogger.Instance);

    public Task<List<DeliveryRecord>> DeliveriesAsync() =>
        Store.Store.ReadAsync(db => db.Deliveries.OrderBy(d => d.Id).ToListAsync(Cancelled));

    public async Task<DeliveryRecord> DeliveryAsync() => Assert.Single(await DeliveriesAsync());

    /// <summary>Goes on to when the next delivery is due.</summary>
    public async Task AdvanceToNextAsync()
    {
        DateTimeOffset next = (await DeliveriesAsync()).Where(d => DeliveryRecord.IsOpen(d.State)).Min(d => d.NextAttemptAt);
        if (next > Store.Clock.GetUtcNow())
            Store.Clock.SetUtcNow(next);
    }

    /// <summary>The same, where anything is open.</summary>
    public async Task AdvanceToNextOrStayAsync()
    {
        if ((await DeliveriesAsync()).Any(d => DeliveryRecord.IsOpen(d.State)))
            await AdvanceToNextAsync();
    }

    /// <summary>Closes the store; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isClosed)
            await Store.DisposeAsync();
        _isClosed = true;
    }

    /// <summary>Associations are kept for reports as long as it takes.</summary>
    internal sealed class LongerLinger : IDisposable
    {
        private readonly Outbox _outbox;
        private readonly TimeSpan _before;

        public LongerLinger(Outbox outbox)
        {
            _outbox = outbox;
            _before = outbox.Options.CommitmentLinger;
            outbox.Options.CommitmentLinger = TimeSpan.FromSeconds(30);
        }

        public void Dispose() => _outbox.Options.CommitmentLinger = _before;
    }

    private static PeerCall Call(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        CalledAeTitle = "PACS",
        CallingAeTitle = "DICOMRN",
        AssociationTimeout = TimeSpan.FromSeconds(10),
        ResponseTimeout = TimeSpan.FromSeconds(10),
    };

    private CommitmentReports CreateReports() => new(Store.Store, Node, Options, NullLogger<CommitmentReports>.Instance);
}
