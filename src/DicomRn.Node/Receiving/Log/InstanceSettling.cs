using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving.Log;

/// <summary>Takes instances from the log to their place, many at a time, and frees the log of them.</summary>
internal sealed class InstanceSettling : BackgroundService
{
    private const int LargestBatch = 512;
    private const long LargestBatchBytes = 64 << 20;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly InstanceLog _log;
    private readonly ISettlement _settlement;
    private readonly InstanceLogOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<InstanceSettling> _logger;
    private readonly Alarm _alarm;
    private TimeSpan _retry = FirstRetry;

    public InstanceSettling(
        InstanceLog log, ISettlement settlement, InstanceLogOptions options, TimeProvider timeProvider, ILogger<InstanceSettling> logger)
    {
        _log = log;
        _settlement = settlement;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
    }

    /// <summary>Settles what waits in the log, but not what comes meanwhile.</summary>
    /// <returns>Whether all of it could be settled; if not, it is tried again later, and the log tells why.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        long last = _log.LastSequence;
        try
        {
            while (_log.Next(LargestBatch, LargestBatchBytes) is { Count: > 0 } batch && batch[0].Sequence <= last)
            {
                await _settlement.SettleAsync(_log.Inbox, batch, cancellationToken);
                _log.EndSettling(batch);
                if (_retry != FirstRetry)
                    ReceivingLog.SettlingGoesOn(_logger);
                _retry = FirstRetry;
            }

            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _log.FailSettling(e);
            ReceivingLog.SettlingFails(_logger, _log.Count, e.Message, e);
            return false;
        }
    }

    /// <summary>Returns when an instance has its place in the store, at once if that can be.</summary>
    /// <exception cref="IOException">It cannot be settled for the time being.</exception>
    public async Task HurryAsync(LogRecord record)
    {
        while (!record.Settled.IsCompleted)
        {
            if (_log.SettlingFailure is { } failure)
                throw new IOException($"Instances cannot be stored: {failure.Message}", failure);
            _alarm.Ring();
            await Task.WhenAny(record.Settled, Task.Delay(FirstRetry, _timeProvider));
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SettleAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        _log.PrepareAsync(e => ReceivingLog.LogCannotGrow(_logger, e.Message), stoppingToken), RunAsync(stoppingToken));

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _log.WaitForInstancesAsync(stoppingToken);
            await WaitForPauseAsync(stoppingToken);
            while (!await Task.Run(() => SettleAsync(stoppingToken), stoppingToken))
            {
                await _alarm.WaitAsync(_timeProvider.GetUtcNow() + _retry, stoppingToken);
                _retry = _retry * 2 < LongestRetry ? _retry * 2 : LongestRetry;
            }
        }
    }

    /// <summary>Waits until no more instances come for a moment, or until they are wanted or too many.</summary>
    private async Task WaitForPauseAsync(CancellationToken cancellationToken)
    {
        if (_options.SettleDelay == TimeSpan.Zero)
            return;
        DateTimeOffset latest = _timeProvider.GetUtcNow() + _options.LongestSettleDelay;
        long last;
        do
        {
            last = _log.LastSequence;
            if (_log.IsHalfFull || await _alarm.WaitAsync(_timeProvider.GetUtcNow() + _options.SettleDelay, cancellationToken))
                return;
        }
        while (_log.LastSequence != last && _timeProvider.GetUtcNow() < latest);
    }
}
