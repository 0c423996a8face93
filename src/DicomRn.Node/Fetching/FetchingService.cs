using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Delivery;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace DicomRn.Node.Fetching;

/// <summary>
/// Asks others for what studies lack, for a few studies at once and beside everything else. What was asked, found and taken is in the
/// store; a peer that is away holds up neither other peers nor studies that need nothing of it.
/// </summary>
internal sealed class FetchingService : BackgroundService
{
    private readonly StateStore _store;
    private readonly DataFolders _folders;
    private readonly FetchingOptions _options;
    private readonly FetchTerms _terms;
    private readonly DiskReserve _reserve;
    private readonly TimeProvider _time;
    private readonly ILogger<FetchingService> _logger;
    private readonly QueryRetrieveFeed _calls;
    private readonly MoveDestination? _destination;
    private readonly PeerSource[] _peers;
    private readonly Alarm[] _alarms;

    public FetchingService(
        StateStore store, StudyFeed feed, DataFolders folders, NodeOptions node, NodeTls tls, FetchingOptions options, FetchTerms terms,
        DiskReserve reserve, TimeProvider time, QueryRetrieveFeed calls, ILoggerFactory loggers)
    {
        _calls = calls;
        _store = store;
        _folders = folders;
        _options = options;
        _terms = terms;
        _reserve = reserve;
        _time = time;
        _logger = loggers.CreateLogger<FetchingService>();
        _destination = options is { MoveAeTitle: { } title, MovePort: { } port }
            ? new MoveDestination(title, node.BindAddress, port, node.Tls, loggers)
            : null;
        _peers =
        [
            .. node.Peers.Where(p => p.Value.Fetch != PeerFetch.None).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new PeerSource(
                p.Key, calls.Watch(PeerCall.Of(node, p.Value, tls.InitiatorFor(p.Value)), time), p.Value.Fetch, options, _destination, Resilience(), time)),
        ];
        _alarms = [.. Enumerable.Range(0, options.StudiesAtOnce).Select(_ => new Alarm(time))];
        feed.Published += changes =>
        {
            if (changes.Any(change => change.To == StudyState.Fetching || StudyStateMachine.IsEnd(change.To)))
                Ring();
        };
        feed.Awakened += Ring;
    }

    public override void Dispose()
    {
        _destination?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_alarms.Select(alarm => WorkAsync(alarm, stoppingToken)));

    private void Ring()
    {
        foreach (Alarm alarm in _alarms)
            alarm.Ring();
    }

    private async Task WorkAsync(Alarm alarm, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await _store.BeginFetchAsync() is { } task)
            {
                KillPoints.Reach(KillPoint.FetchingBegun);
                await FetchAsync(task, stoppingToken);
            }
            else
            {
                await alarm.WaitAsync(await _store.NextFetchAsync(stoppingToken), stoppingToken);
            }
        }
    }

    private async Task FetchAsync(FetchTask task, CancellationToken stoppingToken)
    {
        FetchingLog.Begun(_logger, task.StudyInstanceUid);
        await using HeldLease lease = new(_store, task.Lease, _time, stoppingToken);
        FetchRound round = new(task, _store, _folders, _options, _reserve, _time, _logger, _calls);
        try
        {
            IFetchSource[] sources = [.. _options.OwnStore ? [new OwnStoreSource(_store, _folders, task)] : Array.Empty<IFetchSource>(), .. _peers];
            await round.RunAsync(sources, lease.Token);
            await EndAsync(task, round);
            KillPoints.Reach(KillPoint.FetchingEnded);
            FetchingLog.Ended(_logger, task.StudyInstanceUid, round.Taken, round.Failures);
        }
        catch (Exception e) when (e is LeaseLostException || lease.IsLost)
        {
            FetchingLog.LeaseLost(_logger, task.StudyInstanceUid);
            await _store.ReleaseLeaseAsync(task.Lease);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The round is due as before, at the next start or on another node.
            await _store.ReleaseLeaseAsync(task.Lease);
            throw;
        }
        catch (Exception e)
        {
            FetchingLog.Broken(_logger, task.StudyInstanceUid, e);
            try
            {
                await EndAsync(task, round, new FetchEntry(_time.GetUtcNow(), "this node", FetchEntryKind.Failed, $"{e.GetType().Name}: {e.Message}"));
            }
            catch (LeaseLostException)
            {
                FetchingLog.LeaseLost(_logger, task.StudyInstanceUid);
            }
        }
    }

    private async Task EndAsync(FetchTask task, FetchRound round, params FetchEntry[] more)
    {
        TimeSpan? retry = round.Failures + more.Length > 0
            ? RetryBackoff.Of(_options.RetryDelay, _options.MaximumRetryDelay, task.Failures)
            : null;
        await _store.EndFetchAsync(task, [.. round.Entries, .. more], retry, _terms);
    }

    private ResiliencePipeline Resilience() => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(DestinationPipeline.IsPassing),
            FailureRatio = 1,
            MinimumThroughput = _options.BreakAfterFailures,
            SamplingDuration = TimeSpan.FromDays(1),
            BreakDuration = _options.BreakDuration,
        })
        .AddTimeout(_options.AttemptTimeout)
        .Build();
}
