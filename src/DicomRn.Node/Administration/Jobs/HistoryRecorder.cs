using System.Threading.Channels;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>
/// Writes the history of studies and associations, a second's worth at once and unsynced, so that receiving never waits for it.
/// What a crash takes is at most the last second of history; studies and deliveries themselves are safe.
/// </summary>
internal sealed class HistoryRecorder : BackgroundService
{
    private const int Capacity = 20_000;
    private const int LargestBatch = 1000;
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly Channel<object> _lines;
    private readonly StateStore _store;
    private readonly HistoryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<HistoryRecorder> _logger;
    private long _dropped;
    private DateTimeOffset _pruned;

    public HistoryRecorder(
        StateStore store, StudyFeed studies, AssociationFeed associations, HistoryOptions options, TimeProvider timeProvider,
        ILogger<HistoryRecorder> logger)
    {
        _store = store;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _lines = Channel.CreateBounded<object>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        studies.Published += changes =>
        {
            foreach (StudyChanged change in changes)
                if (change.From != change.To)
                    _lines.Writer.TryWrite(LineOf(change));
        };
        associations.Ended += association => _lines.Writer.TryWrite(LineOf(association));
    }

    /// <summary>Writes everything that was told so far.</summary>
    public async Task FlushAsync()
    {
        List<object> batch = [];
        do
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _lines.Reader.TryRead(out object? line))
                batch.Add(line);
            if (batch.Count > 0)
                await _store.WriteUnsyncedAsync(transaction => transaction.Db.AddRange(batch));
        }
        while (batch.Count > 0);

        long dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
            JobsLog.HistoryDropped(_logger, dropped);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _lines.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Gathering, _timeProvider, stoppingToken);
            await FlushAsync();
            DateTimeOffset now = _timeProvider.GetUtcNow();
            if (now - _pruned < PruneInterval)
                continue;
            await _store.PruneHistoryAsync(now - _options.KeepFor, _options.MaximumEntries);
            _pruned = now;
        }
    }

    private static StudyEventRecord LineOf(StudyChanged change) => new()
    {
        StudyInstanceUid = change.StudyInstanceUid,
        Revision = change.Revision,
        From = change.From,
        To = change.To,
        ReasonCode = change.ReasonCode,
        Reason = change.Reason,
        At = change.At,
    };

    private static AssociationRecord LineOf(AssociationAccount association) => new()
    {
        CallingAeTitle = association.CallingAeTitle,
        CalledAeTitle = association.CalledAeTitle,
        Host = association.Host,
        IsSecured = association.IsSecured,
        StartedAt = association.StartedAt,
        EndedAt = association.EndedAt,
        Stored = association.Stored,
        Refused = association.Refused,
        End = association.End,
        Reason = association.Reason,
    };
}
