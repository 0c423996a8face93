using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>What is asked of a destination beyond its answer to a C-STORE.</summary>
public sealed class ResultConfirmationTests : IAsyncLifetime
{
    private const string First = "1.2.826.0.1.3680043.2.1.9.1";
    private const string Second = "1.2.826.0.1.3680043.2.1.9.2";

    private readonly NodeFolder _folder = new();
    private readonly ArchivePacs _pacs = new();
    private Outbox _outbox = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _outbox = await Outbox.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Result_that_was_taken_is_sent_and_not_delivered_before_it_is_found()
    {
        await SendAsync(PeerCommitment.Query, First, Second);
        Assert.All(await _outbox.DeliveriesAsync(), d => Assert.Equal(DeliveryState.Sent, d.State));
        Assert.Equal(StudyState.Delivering, (await _outbox.Store.StudyAsync()).State);

        await ConfirmAsync(PeerCommitment.Query);

        Assert.All(await _outbox.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Found), (d.State, d.Confirmation)));
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);
        Assert.Equal(1, _pacs.Queries);
    }

    [Fact]
    public async Task Destination_that_files_with_a_delay_is_asked_again()
    {
        bool isFiled = false;
        _pacs.Hides = _ => !isFiled;
        await SendAsync(PeerCommitment.Query, First);
        await ConfirmAsync(PeerCommitment.Query);
        DeliveryRecord waiting = await _outbox.DeliveryAsync();
        Assert.Equal((DeliveryState.Sent, 1), (waiting.State, waiting.Checks));
        Assert.InRange(waiting.NextAttemptAt - _outbox.Store.Clock.GetUtcNow(), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));

        isFiled = true;
        await _outbox.AdvanceToNextAsync();
        await ConfirmAsync(PeerCommitment.Query);

        Assert.Equal(DeliveryState.Delivered, (await _outbox.DeliveryAsync()).State);
        Assert.Equal([First], _pacs.Received);
    }

    [Fact]
    public async Task Result_that_was_taken_and_lost_is_sent_again_and_the_others_are_not()
    {
        _pacs.Hides = sop => sop == First && _pacs.Received.Count(r => r == First) == 1;
        await SendAsync(PeerCommitment.Query, First, Second);

        await UntilSettledAsync(PeerCommitment.Query);

        Assert.Equal([First, Second, First], _pacs.Received);
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);
        Assert.Equal(1, (await _outbox.DeliveriesAsync())[0].Resends);
    }

    [Fact]
    public async Task Result_that_never_shows_fails_in_the_end_with_the_reason()
    {
        _pacs.Hides = _ => true;
        await SendAsync(PeerCommitment.Query, First);

        await UntilSettledAsync(PeerCommitment.Query);

        StudyRecord study = await _outbox.Store.StudyAsync();
        Assert.Equal(StudyState.FailedDelivery, study.State);
        Assert.Contains("C-FIND does not find it. Given up after 2 repeats.", study.Reason, StringComparison.Ordinal);
        Assert.Equal(3, _pacs.Received.Count);
    }

    [Fact]
    public async Task Destination_without_queries_has_what_it_took()
    {
        _pacs.Rejects.Add(DicomUID.StudyRootQueryRetrieveInformationModelFind);
        await SendAsync(PeerCommitment.Query, First);

        await ConfirmAsync(PeerCommitment.Query);

        DeliveryRecord delivery = await _outbox.DeliveryAsync();
        Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Stored), (delivery.State, delivery.Confirmation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Destination_that_cannot_answer_a_query_for_now_is_asked_later_and_sent_nothing(bool isAway)
    {
        await SendAsync(PeerCommitment.Query, First);
        _pacs.QueryStatus = DicomStatus.QueryRetrieveOutOfResources;
        if (isAway)
            _pacs.Dispose();

        await ConfirmAsync(PeerCommitment.Query);
        Assert.Equal((DeliveryState.Sent, 0), ((await _outbox.DeliveryAsync()).State, (await _outbox.DeliveryAsync()).Checks));

        _pacs.QueryStatus = DicomStatus.Success;
        _pacs.Restart();
        await _outbox.AdvanceToNextAsync();
        await ConfirmAsync(PeerCommitment.Query);
        Assert.Equal(DeliveryConfirmation.Found, (await _outbox.DeliveryAsync()).Confirmation);
        Assert.Equal([First], _pacs.Received);
    }

    [Fact]
    public async Task Destination_that_stays_away_after_it_took_a_result_fails_the_delivery_in_the_end()
    {
        await SendAsync(PeerCommitment.Query, First);
        _pacs.Dispose();
        for (int hours = 0; hours < 8 * 24 && (await _outbox.DeliveryAsync()).State == DeliveryState.Sent; hours++)
        {
            await ConfirmAsync(PeerCommitment.Query);
            _outbox.Store.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Contains("could not be asked for it for 7.00:00:00", (await _outbox.DeliveryAsync()).LastError, StringComparison.Ordinal);
        Assert.Equal(StudyState.FailedDelivery, (await _outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Commitment_reported_on_the_same_association_delivers()
    {
        _pacs.Reports = (pacs, request) => pacs.SendRequestAsync(_pacs.ReportAll(request));
        using Outbox.LongerLinger longer = new(_outbox);
        await SendAsync(PeerCommitment.StorageCommitment, First, Second);

        await ConfirmAsync(PeerCommitment.StorageCommitment);

        Assert.All(await _outbox.DeliveriesAsync(), d => Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Committed), (d.State, d.Confirmation)));
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);
        Assert.Equal("0000", _pacs.ReportAnswers);
        Assert.Single(_pacs.Transactions);
    }

    [Fact]
    public async Task Request_is_in_the_store_before_it_is_sent()
    {
        bool isStored = false;
        _pacs.Reports = async (_, request) => isStored =
            await _outbox.Store.Store.ReadAsync(async db => await db.Commitments.FindAsync(request.Dataset!.GetString(DicomTag.TransactionUID))) is not null;
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await ConfirmAsync(PeerCommitment.StorageCommitment);

        Assert.True(isStored);
        Assert.Equal(DeliveryState.Sent, (await _outbox.DeliveryAsync()).State);
    }

    [Fact]
    public async Task Commitment_reported_on_an_association_of_the_PACS_after_a_restart_delivers()
    {
        await SendAsync(PeerCommitment.StorageCommitment, First, Second);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        Assert.Equal(DeliveryState.Sent, (await _outbox.DeliveriesAsync())[0].State);

        await _outbox.RestartAsync();
        using ReportListener node = new(_outbox);
        await ArchivePacs.SendReverseAsync(node.Port, _pacs.Report(_pacs.Transactions[0], [First, Second]));

        Assert.Equal("0000", _pacs.ReportAnswers);
        Assert.All(await _outbox.DeliveriesAsync(), d => Assert.Equal(DeliveryConfirmation.Committed, d.Confirmation));
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);

        await ArchivePacs.SendReverseAsync(node.Port, _pacs.Report(_pacs.Transactions[0], [First, Second]));
        Assert.Equal("0000 0000", _pacs.ReportAnswers);
    }

    [Fact]
    public async Task Report_on_a_transaction_of_nobody_or_of_another_peer_is_refused()
    {
        await SendAsync(PeerCommitment.StorageCommitment, First);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        _outbox.Node.Peers["OTHER"] = new PeerOptions
        {
            AeTitle = "OTHER",
            Host = "127.0.0.1",
            Port = 104,
            ReceivesResults = true,
            Commitment = PeerCommitment.StorageCommitment,
        };
        using ReportListener node = new(_outbox);

        await ArchivePacs.SendReverseAsync(node.Port, _pacs.Report("1.2.3", [First]));
        await ArchivePacs.SendReverseAsync(node.Port, _pacs.Report(_pacs.Transactions[0], [First]), calling: "OTHER");

        Assert.Equal("0115 0115", _pacs.ReportAnswers);
        Assert.Equal(DeliveryState.Sent, (await _outbox.DeliveryAsync()).State);
    }

    [Fact]
    public async Task Peer_that_is_not_asked_for_commitment_cannot_report()
    {
        _outbox.Node.Peers[Outbox.Destination].Commitment = PeerCommitment.Query;
        using ReportListener node = new(_outbox);

        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => ArchivePacs.SendReverseAsync(node.Port, _pacs.Report("1.2.3", [First])));
    }

    [Theory]
    [InlineData(0x0112)]
    [InlineData(0x0110)]
    [InlineData(0x0213)]
    [InlineData(0x0131)]
    public async Task Instance_that_is_not_committed_is_sent_again_with_a_new_transaction(int reason)
    {
        bool isFirst = true;
        _pacs.Reports = (pacs, request) =>
        {
            DicomNEventReportRequest report = isFirst
                ? _pacs.Report(request.Dataset!.GetString(DicomTag.TransactionUID), [Second], (First, (ushort)reason))
                : _pacs.ReportAll(request);
            isFirst = false;
            return pacs.SendRequestAsync(report);
        };
        using Outbox.LongerLinger longer = new(_outbox);
        await SendAsync(PeerCommitment.StorageCommitment, First, Second);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Equal([First, Second, First], _pacs.Received);
        Assert.Equal(2, _pacs.Transactions.Distinct().Count());
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Instance_that_is_never_committed_fails_with_the_reason()
    {
        _pacs.Reports = (pacs, request) =>
            pacs.SendRequestAsync(_pacs.Report(request.Dataset!.GetString(DicomTag.TransactionUID), [], (First, 0x0112)));
        using Outbox.LongerLinger longer = new(_outbox);
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Contains("no such instance (0112). Given up after 2 repeats.", (await _outbox.Store.StudyAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(3, _pacs.Received.Count);
    }

    [Fact]
    public async Task Instance_whose_class_contradicts_what_the_PACS_has_fails_at_once()
    {
        _pacs.Reports = (pacs, request) =>
            pacs.SendRequestAsync(_pacs.Report(request.Dataset!.GetString(DicomTag.TransactionUID), [], (First, 0x0119)));
        using Outbox.LongerLinger longer = new(_outbox);
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Contains("0119", (await _outbox.DeliveryAsync()).LastError, StringComparison.Ordinal);
        Assert.Single(_pacs.Received);
    }

    [Fact]
    public async Task Class_that_the_PACS_does_not_commit_is_asked_for_with_C_FIND()
    {
        _pacs.Reports = (pacs, request) =>
            pacs.SendRequestAsync(_pacs.Report(request.Dataset!.GetString(DicomTag.TransactionUID), [], (First, 0x0122)));
        using Outbox.LongerLinger longer = new(_outbox);
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Equal(DeliveryConfirmation.Found, (await _outbox.DeliveryAsync()).Confirmation);
        Assert.Single(_pacs.Transactions);
    }

    [Fact]
    public async Task Report_that_never_comes_is_replaced_by_a_query_that_finds()
    {
        await SendAsync(PeerCommitment.StorageCommitment, First);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        Assert.False(await _outbox.Confirmation(_pacs.Port, PeerCommitment.StorageCommitment).ConfirmDueAsync(Cancelled));

        await _outbox.RestartAsync();
        _outbox.Store.Clock.Advance(_outbox.Options.CommitmentTimeout);
        await ConfirmAsync(PeerCommitment.StorageCommitment);

        Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Found), ((await _outbox.DeliveryAsync()).State, (await _outbox.DeliveryAsync()).Confirmation));
        Assert.Equal([First], _pacs.Received);
    }

    [Fact]
    public async Task Report_that_never_comes_of_what_a_query_does_not_find_has_it_sent_again()
    {
        _pacs.Hides = _ => _pacs.Received.Count < 2;
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Equal([First, First], _pacs.Received);
        Assert.Equal(2, _pacs.Transactions.Count);
        Assert.Equal(StudyState.Delivered, (await _outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Report_that_never_comes_of_a_PACS_without_queries_fails_in_the_end()
    {
        _pacs.Rejects.Add(DicomUID.StudyRootQueryRetrieveInformationModelFind);
        await SendAsync(PeerCommitment.StorageCommitment, First);

        await UntilSettledAsync(PeerCommitment.StorageCommitment);

        Assert.Contains("No report of the storage commitment within 01:00:00. It answers no C-FIND either.", (await _outbox.Store.StudyAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(3, _pacs.Transactions.Count);
        Assert.Equal([First], _pacs.Received);
    }

    [Fact]
    public async Task Late_report_still_counts_after_the_result_went_back_into_the_queue()
    {
        _pacs.Hides = _ => true;
        await SendAsync(PeerCommitment.StorageCommitment, First);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        while ((await _outbox.DeliveryAsync()).State == DeliveryState.Sent)
        {
            await _outbox.AdvanceToNextAsync();
            await ConfirmAsync(PeerCommitment.StorageCommitment);
        }

        using ReportListener node = new(_outbox);
        await ArchivePacs.SendReverseAsync(node.Port, _pacs.Report(_pacs.Transactions[0], [First]));

        Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Committed), ((await _outbox.DeliveryAsync()).State, (await _outbox.DeliveryAsync()).Confirmation));
        await _outbox.AdvanceToNextOrStayAsync();
        Assert.False(await _outbox.Queue(_pacs.Port, PeerCommitment.StorageCommitment).SendDueAsync(Cancelled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PACS_without_storage_commitment_is_asked_with_C_FIND_at_once(bool rejectsContext)
    {
        if (rejectsContext)
            _pacs.Rejects.Add(DicomUID.StorageCommitmentPushModel);
        else
            _pacs.CommitmentStatus = DicomStatus.NoSuchActionType;
        await SendAsync(PeerCommitment.StorageCommitment, First);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        await ConfirmAsync(PeerCommitment.StorageCommitment);

        DeliveryRecord delivery = await _outbox.DeliveryAsync();
        Assert.Equal((DeliveryState.Delivered, DeliveryConfirmation.Found), (delivery.State, delivery.Confirmation));
        Assert.Contains("request for storage commitment ended with status", delivery.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_is_refused_for_now_is_repeated_later_as_a_new_transaction()
    {
        _pacs.CommitmentStatus = DicomStatus.ResourceLimitation;
        await SendAsync(PeerCommitment.StorageCommitment, First);
        await ConfirmAsync(PeerCommitment.StorageCommitment);
        Assert.Null((await _outbox.DeliveryAsync()).TransactionUid);
        Assert.False(await _outbox.Confirmation(_pacs.Port, PeerCommitment.StorageCommitment).ConfirmDueAsync(Cancelled));

        _pacs.CommitmentStatus = DicomStatus.Success;
        _pacs.Reports = (pacs, request) => pacs.SendRequestAsync(_pacs.ReportAll(request));
        using Outbox.LongerLinger longer = new(_outbox);
        await _outbox.AdvanceToNextAsync();
        await ConfirmAsync(PeerCommitment.StorageCommitment);

        Assert.Equal(DeliveryConfirmation.Committed, (await _outbox.DeliveryAsync()).Confirmation);
        Assert.Equal(2, _pacs.Transactions.Distinct().Count());
    }

    private async Task SendAsync(PeerCommitment commitment, params string[] sops)
    {
        await _outbox.QueueAsync(sops);
        Assert.True(await _outbox.Queue(_pacs.Port, commitment).SendDueAsync(Cancelled));
    }

    private async Task ConfirmAsync(PeerCommitment commitment) =>
        Assert.True(await _outbox.Confirmation(_pacs.Port, commitment).ConfirmDueAsync(Cancelled));

    /// <summary>Lets time pass, and sends and confirms what is due, until nothing is open any more.</summary>
    private async Task UntilSettledAsync(PeerCommitment commitment)
    {
        DestinationQueue queue = _outbox.Queue(_pacs.Port, commitment);
        ResultConfirmation confirmation = _outbox.Confirmation(_pacs.Port, commitment);
        for (int round = 0; round < 50 && (await _outbox.DeliveriesAsync()).Any(d => DeliveryRecord.IsOpen(d.State)); round++)
        {
            await queue.SendDueAsync(Cancelled);
            await confirmation.ConfirmDueAsync(Cancelled);
            await _outbox.AdvanceToNextOrStayAsync();
        }
    }
}
