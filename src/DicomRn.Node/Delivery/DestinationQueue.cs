using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace DicomRn.Node.Delivery;

/// <summary>
/// Sends what the outbox holds for one destination, one study per association. Every destination has its own, so that a
/// dead one delays no other.
/// </summary>
internal sealed class DestinationQueue
{
    private readonly Destination _destination;
    private readonly StateStore _store;
    private readonly RoutingTable _routing;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Alarm _alarm;
    private readonly ResultSender _sender;
    private readonly ResiliencePipeline _pipeline;

    public DestinationQueue(
        Destination destination, DeliveryOptions options, RoutingTable routing, StateStore store, TimeProvider timeProvider, ILogger logger)
    {
        _destination = destination;
        _store = store;
        _routing = routing;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
        _sender = new ResultSender(destination.Call);
        _pipeline = DestinationPipeline.Build(options, timeProvider, (attempt, delay, exception) =>
            DeliveryLog.Repeating(_logger, _destination.Name, attempt, delay, exception?.Message ?? ""));
    }

    /// <summary>Something was taken, and is to be confirmed.</summary>
    public event Action? Sent;

    /// <summary>Something new may be in the outbox.</summary>
    public void Ring() => _alarm.Ring();

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await SendDueAsync(cancellationToken))
                await _alarm.WaitAsync(await _store.NextDeliveryAsync(_destination.Name, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Sends what is due of one study, unless another node does.</summary>
    /// <returns>Whether anything was.</returns>
    public async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DueDelivery> due = await DueAsync(cancellationToken);
        if (due.Count == 0)
            return false;
        string study = due[0].StudyInstanceUid;
        if (await _store.TakeDeliveriesAsync(_destination.Name, study) is not { } lease)
            return true;
        KillPoints.Reach(KillPoint.DeliveryTaken);
        await using HeldLease held = new(_store, lease, _timeProvider, cancellationToken);
        try
        {
            // Another node may have sent it between the two questions.
            due = await DueAsync(cancellationToken);
            if (due.Count > 0 && due[0].StudyInstanceUid == study)
                await SendInHoursAsync(due, lease, held.Token);
            else
                await _store.ReleaseLeaseAsync(lease);
        }
        catch (Exception e) when (e is LeaseLostException || held.IsLost)
        {
            DeliveryLog.LeaseLost(_logger, study, _destination.Name);
            await _store.ReleaseLeaseAsync(lease);
        }

        return true;
    }

    private Task<IReadOnlyList<DueDelivery>> DueAsync(CancellationToken cancellationToken) =>
        _store.DueDeliveriesAsync(_destination.Name, _timeProvider.GetUtcNow(), cancellationToken);

    private async Task SendInHoursAsync(IReadOnlyList<DueDelivery> due, Lease lease, CancellationToken cancellationToken)
    {
        // Their hours may have gone by while the node was down or the destination was.
        DateTimeOffset now = _timeProvider.GetUtcNow();
        ILookup<bool, DueDelivery> byHours = due.ToLookup(d => _routing.NextOpening(d.Routes, now) > now);
        DeliveryAttempt[] heldBack = [.. byHours[true].Select(d => HoldBack(d, _routing.NextOpening(d.Routes, now)))];
        if (!byHours[false].Any())
        {
            await StoreAsync(due, lease, heldBack);
            return;
        }

        await SendAsync([.. byHours[false]], heldBack, lease, cancellationToken);
        Sent?.Invoke();
    }

    /// <summary>Sends, and stores in one transaction what became of it and of what is held back.</summary>
    private async Task SendAsync(
        IReadOnlyList<DueDelivery> due, DeliveryAttempt[] heldBack, Lease lease, CancellationToken cancellationToken)
    {
        Dictionary<long, SendOutcome> outcomes = [];
        string? failure = null;
        TimeSpan? breakFor = null;
        try
        {
            await _pipeline.ExecuteAsync(token => SendRemainingAsync(due, outcomes, token), cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            breakFor = e.RetryAfter ?? _options.BreakDuration;
            failure = "The destination failed repeatedly and is left alone for a while.";
        }
        catch (TimeoutRejectedException)
        {
            failure = $"Not done within {_options.AttemptTimeout}.";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was answered before the end of the program is kept; the rest stays queued as it was.
            await StoreAsync(
                due, lease, [.. heldBack, .. outcomes.Values.Where(o => o.Status == DeliveryStatus.Accepted).Select(Finished)]);
            throw;
        }
        catch (Exception e)
        {
            failure = e.Message;
        }

        KillPoints.Reach(KillPoint.DeliverySent);
        await StoreAsync(due, lease, [.. heldBack, .. Conclude(due, outcomes, failure, breakFor)]);
        KillPoints.Reach(KillPoint.DeliveryRecorded);
    }

    /// <summary>One attempt with whatever has no final answer yet.</summary>
    private async ValueTask SendRemainingAsync(
        IReadOnlyList<DueDelivery> due, Dictionary<long, SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        DueDelivery[] remaining =
            [.. due.Where(d => !outcomes.TryGetValue(d.Id, out SendOutcome? known) || known.Status == DeliveryStatus.Passing)];
        foreach (DueDelivery delivery in remaining)
            outcomes.Remove(delivery.Id);
        await _sender.SendAsync(remaining, outcomes, cancellationToken);
        SendOutcome? passing = outcomes.Values.FirstOrDefault(o => o.Status == DeliveryStatus.Passing);
        if (passing is not null)
            throw new PassingFailureException(passing.Remark ?? "The destination refuses for now.");
        if (remaining.Any(d => !outcomes.ContainsKey(d.Id)))
            throw new PassingFailureException("The destination did not answer.");
    }

    /// <summary>What becomes of each; those that go on waiting wait for the same time, so that their order stays.</summary>
    private IEnumerable<DeliveryAttempt> Conclude(
        IReadOnlyList<DueDelivery> due, Dictionary<long, SendOutcome> outcomes, string? failure, TimeSpan? breakFor)
    {
        TimeSpan delay = breakFor
            ?? RetryBackoff.Of(_options.RetryDelay, _options.MaximumRetryDelay, due.Max(d => d.Attempts));
        foreach (DueDelivery delivery in due)
        {
            SendOutcome? outcome = outcomes.GetValueOrDefault(delivery.Id);
            yield return outcome is { Status: not DeliveryStatus.Passing }
                ? Finished(outcome)
                : Postponed(delivery, outcome, outcome?.Remark ?? failure ?? "The destination did not answer.", delay, isBroken: breakFor is not null);
        }
    }

    private DeliveryAttempt Postponed(DueDelivery delivery, SendOutcome? outcome, string reason, TimeSpan delay, bool isBroken)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (now - delivery.WaitsSince >= _options.GiveUpAfter)
        {
            DeliveryLog.GivenUp(_logger, delivery.SopInstanceUid, _destination.Name, reason);
            return new DeliveryAttempt(
                delivery.Id, DeliveryState.Failed, outcome?.Code, $"Given up after {_options.GiveUpAfter}: {reason}", null);
        }

        DateTimeOffset next = now + delay;
        DateTimeOffset opening = _routing.NextOpening(delivery.Routes, next);
        DeliveryLog.Postponed(_logger, delivery.SopInstanceUid, _destination.Name, reason, opening - now);
        return new DeliveryAttempt(delivery.Id, DeliveryState.Queued, outcome?.Code, reason, opening)
        {
            NotBefore = opening > next ? opening : null,
            WasTried = !isBroken,
        };
    }

    private DeliveryAttempt HoldBack(DueDelivery delivery, DateTimeOffset opening)
    {
        string reason = $"Outside the hours of {delivery.Routes}.";
        DeliveryLog.Postponed(_logger, delivery.SopInstanceUid, _destination.Name, reason, opening - _timeProvider.GetUtcNow());
        return new DeliveryAttempt(delivery.Id, DeliveryState.Queued, null, reason, opening) { NotBefore = opening, WasTried = false };
    }

    private DeliveryAttempt Finished(SendOutcome outcome)
    {
        DeliveryState state = outcome.Status != DeliveryStatus.Accepted ? DeliveryState.Failed
            : _destination.Commitment == PeerCommitment.None ? DeliveryState.Delivered
            : DeliveryState.Sent;
        string uid = outcome.Delivery.SopInstanceUid;
        switch (state)
        {
            case DeliveryState.Failed:
                DeliveryLog.Refused(_logger, uid, _destination.Name, outcome.Remark ?? "");
                break;
            case DeliveryState.Sent:
                DeliveryLog.Sent(_logger, uid, _destination.Name, outcome.Remark ?? "Success");
                break;
            default:
                DeliveryLog.Delivered(_logger, uid, _destination.Name, outcome.Remark ?? "Success");
                break;
        }

        return new DeliveryAttempt(outcome.Delivery.Id, state, outcome.Code, outcome.Remark, null);
    }

    private Task StoreAsync(IReadOnlyList<DueDelivery> due, Lease lease, IReadOnlyList<DeliveryAttempt> attempts) =>
        _store.RecordAttemptAsync(due[0].StudyInstanceUid, attempts, lease);
}
