using DicomRn.Node.Administration;
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
    private readonly string _name;
    private readonly StateStore _store;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Alarm _alarm;
    private readonly ResultSender _sender;
    private readonly ResiliencePipeline _pipeline;

    public DestinationQueue(
        string name, PeerCall call, DeliveryOptions options, StateStore store, TimeProvider timeProvider, ILogger logger)
    {
        _name = name;
        _store = store;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
        _sender = new ResultSender(call);
        _pipeline = DestinationPipeline.Build(options, timeProvider, (attempt, delay, exception) =>
            DeliveryLog.Repeating(_logger, _name, attempt, delay, exception?.Message ?? ""));
    }

    /// <summary>Something new may be in the outbox.</summary>
    public void Ring() => _alarm.Ring();

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await SendDueAsync(cancellationToken))
                await _alarm.WaitAsync(await _store.NextDeliveryAsync(_name, cancellationToken), cancellationToken);
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
        if (await _store.TakeDeliveriesAsync(_name, study) is not { } lease)
            return true;
        await using HeldLease held = new(_store, lease, _timeProvider, cancellationToken);
        try
        {
            // Another node may have sent it between the two questions.
            due = await DueAsync(cancellationToken);
            if (due.Count > 0 && due[0].StudyInstanceUid == study)
                await SendAsync(due, lease, held.Token);
            else
                await _store.ReleaseLeaseAsync(lease);
        }
        catch (Exception e) when (e is LeaseLostException || held.IsLost)
        {
            DeliveryLog.LeaseLost(_logger, study, _name);
            await _store.ReleaseLeaseAsync(lease);
        }

        return true;
    }

    private Task<IReadOnlyList<DueDelivery>> DueAsync(CancellationToken cancellationToken) =>
        _store.DueDeliveriesAsync(_name, _timeProvider.GetUtcNow(), cancellationToken);

    private async Task SendAsync(IReadOnlyList<DueDelivery> due, Lease lease, CancellationToken cancellationToken)
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
            await StoreAsync(due, lease, outcomes.Values.Where(o => o.Status == DeliveryStatus.Accepted).Select(Finished));
            throw;
        }
        catch (Exception e)
        {
            failure = e.Message;
        }

        await StoreAsync(due, lease, due.Select(d => Conclude(d, outcomes.GetValueOrDefault(d.Id), failure, breakFor)));
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

    private DeliveryAttempt Conclude(DueDelivery delivery, SendOutcome? outcome, string? failure, TimeSpan? breakFor)
    {
        if (outcome is not null and not { Status: DeliveryStatus.Passing })
            return Finished(outcome);
        string reason = outcome?.Remark ?? failure ?? "The destination did not answer.";
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (now - delivery.QueuedAt >= _options.GiveUpAfter)
        {
            DeliveryLog.GivenUp(_logger, delivery.SopInstanceUid, _name, reason);
            return new DeliveryAttempt(
                delivery.Id, DeliveryState.Failed, outcome?.Code, $"Given up after {_options.GiveUpAfter}: {reason}", null);
        }

        TimeSpan delay = breakFor ?? RetryDelay(delivery.Attempts);
        DeliveryLog.Postponed(_logger, delivery.SopInstanceUid, _name, reason, delay);
        return new DeliveryAttempt(delivery.Id, DeliveryState.Queued, outcome?.Code, reason, now + delay);
    }

    private DeliveryAttempt Finished(SendOutcome outcome)
    {
        bool accepted = outcome.Status == DeliveryStatus.Accepted;
        if (accepted)
            DeliveryLog.Delivered(_logger, outcome.Delivery.SopInstanceUid, _name, outcome.Remark ?? "Success");
        else
            DeliveryLog.Refused(_logger, outcome.Delivery.SopInstanceUid, _name, outcome.Remark ?? "");
        return new DeliveryAttempt(
            outcome.Delivery.Id, accepted ? DeliveryState.Delivered : DeliveryState.Failed, outcome.Code, outcome.Remark, null);
    }

    /// <summary>Doubles with every attempt up to the maximum, give or take a fifth.</summary>
    private TimeSpan RetryDelay(int attempts)
    {
        double doubled = _options.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(attempts, 30));
        double jitter = 0.8 + 0.4 * Random.Shared.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(doubled, _options.MaximumRetryDelay.TotalSeconds) * jitter);
    }

    private Task StoreAsync(IReadOnlyList<DueDelivery> due, Lease lease, IEnumerable<DeliveryAttempt> attempts) =>
        _store.RecordAttemptAsync(due[0].StudyInstanceUid, [.. attempts], lease);
}
