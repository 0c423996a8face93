using System.Net;
using System.Net.Sockets;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>Storage commitment as SCU against a scripted PACS, over real sockets.</summary>
public sealed class StorageCommitmentTests : IDisposable
{
    private static readonly CommitmentReference[] Instances =
    [
        new(DicomUID.MRImageStorage.UID, "1.2.826.0.1.3680043.8.1055.1"),
        new(DicomUID.Comprehensive3DSRStorage.UID, "1.2.826.0.1.3680043.8.1055.2"),
    ];

    private readonly CommitmentScript _script = new();
    private readonly IDicomServer _pacs;

    public StorageCommitmentTests() => _pacs = DicomServerFactory.Create<CommitmentPacs>("127.0.0.1", 0, userState: _script);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pacs.Dispose();

    [Fact]
    public async Task Request_names_transaction_and_instances()
    {
        _script.AfterResponse = (pacs, request) => pacs.SendRequestAsync(_script.Report(request));
        await Scu().CommitAsync(Instances, Token);

        DicomNActionRequest request = Assert.Single(_script.Requests);
        Assert.Equal(
            (DicomUID.StorageCommitmentPushModel, DicomUID.StorageCommitmentPushModelInstance, 1),
            (request.SOPClassUID, request.SOPInstanceUID, request.ActionTypeID));
        Assert.True(DicomUID.IsValidUid(request.Dataset!.GetString(DicomTag.TransactionUID)));
        Assert.Equal(
            Instances,
            request.Dataset.GetSequence(DicomTag.ReferencedSOPSequence).Items.Select(item => new CommitmentReference(
                item.GetString(DicomTag.ReferencedSOPClassUID), item.GetString(DicomTag.ReferencedSOPInstanceUID))));
    }

    [Fact]
    public async Task Report_on_the_same_association_commits()
    {
        _script.AfterResponse = (pacs, request) => pacs.SendRequestAsync(_script.Report(request));
        AssertCommitted(await Scu().CommitAsync(Instances, Token));
        Assert.Equal("0000", _script.ToString());
    }

    [Fact]
    public async Task Report_before_the_response_to_the_request_commits()
    {
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.BeforeResponse = async (pacs, request) =>
        {
            await pacs.SendRequestAsync(_script.Report(request, answered: answered));
            await answered.Task.WaitAsync(Token);
        };
        AssertCommitted(await Scu().CommitAsync(Instances, Token));
        Assert.Equal("0000", _script.ToString());
    }

    [Fact]
    public async Task Report_over_an_association_of_the_PACS_commits()
    {
        int port = FreePort();
        _script.AfterResponse = (_, request) => CommitmentScript.SendReverseAsync(port, _script.Report(request));
        AssertCommitted(await Scu(port).CommitAsync(Instances, Token));
        Assert.Equal("0000", _script.ToString());
    }

    [Fact]
    public async Task Failures_are_told_with_their_reasons()
    {
        string failed = Instances[1].SopInstanceUid;
        _script.AfterResponse = (pacs, request) =>
            pacs.SendRequestAsync(_script.Report(request, new Dictionary<string, ushort> { [failed] = 0x0112 }));
        IReadOnlyDictionary<string, string?> judged = await Scu().CommitAsync(Instances, Token);
        Assert.Null(judged[Instances[0].SopInstanceUid]);
        Assert.Equal("no such instance (0112)", judged[failed]);
    }

    [Fact]
    public async Task Instance_that_a_report_leaves_out_is_not_committed()
    {
        _script.AfterResponse = (pacs, request) =>
        {
            DicomNEventReportRequest report = _script.Report(request);
            report.Dataset!.GetSequence(DicomTag.ReferencedSOPSequence).Items.RemoveAt(0);
            return pacs.SendRequestAsync(report);
        };
        IReadOnlyDictionary<string, string?> judged = await Scu().CommitAsync(Instances, Token);
        Assert.Equal("not in the report", judged[Instances[0].SopInstanceUid]);
        Assert.Null(judged[Instances[1].SopInstanceUid]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Report_that_never_comes_times_out(bool listens)
    {
        StorageCommitmentScu scu = Scu(listens ? FreePort() : null, TimeSpan.FromMilliseconds(300));
        TimeoutException e = await Assert.ThrowsAsync<TimeoutException>(() => scu.CommitAsync(Instances, Token));
        Assert.Equal("no report of the storage commitment within 0.3 s", e.Message);
    }

    [Fact]
    public async Task Report_on_an_unknown_transaction_is_refused_and_the_right_one_still_counts()
    {
        int port = FreePort();
        _script.AfterResponse = (_, request) => CommitmentScript.SendReverseAsync(
            port, _script.Report(request, transactionUid: "1.2.3"), _script.Report(request));
        AssertCommitted(await Scu(port).CommitAsync(Instances, Token));
        Assert.Equal("0115 0000", _script.ToString());
    }

    [Fact]
    public async Task Request_that_is_refused_is_an_error_at_once()
    {
        _script.Status = new DicomStatus(DicomStatus.ProcessingFailure, "archive is read-only");
        DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => Scu().CommitAsync(Instances, Token));
        Assert.Equal("the request for storage commitment ended with status 0110 Processing failure archive is read-only", e.Message);
    }

    private static void AssertCommitted(IReadOnlyDictionary<string, string?> judged) =>
        Assert.Equal(Instances.Select(i => KeyValuePair.Create(i.SopInstanceUid, (string?)null)), judged);

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private StorageCommitmentScu Scu(int? listenPort = null, TimeSpan? timeout = null) => new()
    {
        Peer = new PeerCall
        {
            Host = "127.0.0.1",
            Port = _pacs.Port,
            CalledAeTitle = "FAKEPACS",
            CallingAeTitle = "DICOMRN",
            AssociationTimeout = TimeSpan.FromSeconds(10),
            ResponseTimeout = TimeSpan.FromSeconds(10),
        },
        ReportTimeout = timeout ?? TimeSpan.FromSeconds(10),
        ListenPort = listenPort,
        BindAddress = "127.0.0.1",
    };
}
