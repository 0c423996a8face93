using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace DicomRn.Node.Delivery;

/// <summary>
/// Makes sure that a destination has what it has taken, beside the sending: asks it for storage commitment, or with C-FIND;
/// what it does not have goes back into its queue.
/// </summary>
internal sealed class ResultConfirmation
{
    // One request for commitment, or the queries of one association.
    private const int MostAtOnce = 500;

    // The response to a report on the same association goes out before its end.
    private static readonly TimeSpan AfterReport = TimeSpan.FromSeconds(1);

    private readonly Destination _destination;
    private readonly DeliveryOptions _options;
    private readonly StateStore _store;
    private readonly CommitmentReports _reports;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Alarm _alarm;
    private readonly ConfirmationRules _rules;
    private readonly ResiliencePipeline _limit;

    public ResultConfirmation(
        Destination destination, DeliveryOptions options, StateStore store, CommitmentReports reports, TimeProvider timeProvider, ILogger logger)
    {
        _destination = destination;
        _options = options;
        _store = store;
        _reports = reports;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
        _rules = new ConfirmationRules(options);
        _limit = new ResiliencePipelineBuilder { TimeProvider = timeProvider }.AddTimeout(options.AttemptTimeout).Build();
    }

    /// <summary>Something may be back in the queue.</summary>
    public event Action? Requeued;

    /// <summary>Something was sent, or reported.</summary>
    public void Ring() => _alarm.Ring();

    /// <summary>Confirms until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await ConfirmDueAsync(cancellationToken))
                await _alarm.WaitAsync(await _store.NextConfirmationAsync(_destination.Name, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Asks for what is due.</summary>
    /// <returns>Whether anything was.</returns>
    public async Task<bool> ConfirmDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SentDelivery> due =
            await _store.DueConfirmationsAsync(_destination.Name, _timeProvider.GetUtcNow(), MostAtOnce, cancellationToken);
        if (due.Count == 0)
            return false;
        ILookup<bool, SentDelivery> byNeed = due.ToLookup(
            d => _destination.Commitment == PeerCommitment.StorageCommitment && d.TransactionUid is null);
        if (byNeed[true].Any())
            await RequestCommitmentAsync([.. byNeed[true]], cancellationToken);
        if (byNeed[false].Any())
            await AskAsync([.. byNeed[false]], cancellationToken);
        Requeued?.Invoke();
        return true;
    }

    /// <summary>Requests storage commitment, and waits a little for a report on the same association.</summary>
    private async Task RequestCommitmentAsync(SentDelivery[] deliveries, CancellationToken cancellationToken)
    {
        DicomUID transaction = DicomUIDGenerator.GenerateDerivedFromUUID();
        await _store.BeginCommitmentAsync(
            transaction.UID, _destination.Name, deliveries, _timeProvider.GetUtcNow() + _options.CommitmentTimeout);
        KillPoints.Reach(KillPoint.CommitmentBegun);
        DeliveryLog.CommitmentRequested(_logger, deliveries.Length, _destination.Name, transaction.UID);
        string? failure = null;
        DicomStatus? status = null;
        using CancellationTokenSource reported = new();
        void OnRecorded(string destination, string uid, bool isReverse)
        {
            if (uid == transaction.UID)
                reported.CancelAfter(isReverse ? TimeSpan.Zero : AfterReport);
        }

        _reports.Recorded += OnRecorded;
        try
        {
            status = await CallAsync(
                async token =>
                {
                    using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(token, reported.Token);
                    return await new CommitmentCall(_destination.Call, _options.CommitmentLinger).SendAsync(
                        CommitmentRequest.Create(transaction, deliveries.Select(d => new CommitmentReference(d.SopClassUid, d.SopInstanceUid))),
                        request => _reports.AnswerAsync(_destination, request),
                        over.Token);
                },
                cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failure = Explain(e);
        }
        finally
        {
            _reports.Recorded -= OnRecorded;
        }

        if (CommitmentCall.IsTaken(status) || reported.IsCancellationRequested)
            return;
        failure ??= $"{PeerQuery.Describe("request for storage commitment", status)}.";
        bool isPassing = status is null || DeliveryStatuses.Judge(status) == DeliveryStatus.Passing;
        DeliveryLog.CommitmentNotRequested(_logger, _destination.Name, failure);
        await _store.EndCommitmentAsync(transaction.UID, (delivery, now) =>
        {
            if (isPassing)
            {
                _rules.Unreachable(delivery, failure, now);
                delivery.TransactionUid = null;
            }
            else
            {
                // It commits nothing: C-FIND decides, at once.
                delivery.Postpone(failure, now);
            }
        });
    }

    /// <summary>Asks with C-FIND, unless the answer to the C-STORE is all that is wanted.</summary>
    private async Task AskAsync(SentDelivery[] deliveries, CancellationToken cancellationToken)
    {
        IReadOnlySet<string>? found = null;
        string? failure = null;
        if (_destination.Commitment != PeerCommitment.None)
        {
            try
            {
                found = await CallAsync(token => new ResultQuery(_destination.Call).FindAsync(deliveries, token), cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failure = Explain(e);
                DeliveryLog.NotAsked(_logger, _destination.Name, failure);
            }
        }

        KillPoints.Reach(KillPoint.ConfirmationAsked);
        await _store.ConcludeAsync([.. deliveries.Select(sent => (sent, Change(sent)))]);
        KillPoints.Reach(KillPoint.ConfirmationRecorded);

        Action<DeliveryRecord, DateTimeOffset> Change(SentDelivery sent) => (delivery, now) =>
        {
            if (_destination.Commitment == PeerCommitment.None)
                delivery.Confirm(DeliveryConfirmation.Stored, delivery.LastError, now);
            else if (failure is not null)
                _rules.Unreachable(delivery, failure, now);
            else if (found is null)
                _rules.Unanswerable(delivery, _destination.Commitment, now);
            else if (found.Contains(sent.SopInstanceUid))
                delivery.Confirm(DeliveryConfirmation.Found, delivery.LastError, now);
            else
                _rules.Missing(delivery, now);
            DeliveryLog.Confirmation(
                _logger, sent.SopInstanceUid, _destination.Name, delivery.State, delivery.Confirmation, delivery.LastError ?? "");
        };
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await _limit.ExecuteAsync(async token => await call(token), cancellationToken);

    private string Explain(Exception failure) =>
        failure is TimeoutRejectedException ? $"Not done within {_options.AttemptTimeout}." : failure.Message;
}
