using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Assembly;

/// <summary>
/// Ends a study's assembly when its time is over. The times are the store's, re-armed with every instance recorded, so a
/// restart loses none of them; an association's end means nothing here, for an aborted transfer is not complete. A study of
/// which something was received that the store does not have yet waits for it.
/// </summary>
internal sealed class StudyAssembler : BackgroundService
{
    private static readonly TimeSpan ArrivalWait = TimeSpan.FromSeconds(1);
    private readonly StateStore _store;
    private readonly IStudyArrivals _arrivals;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<StudyAssembler> _logger;
    private readonly Alarm _alarm;
    private volatile bool _isWaitingForArrivals;

    public StudyAssembler(
        StateStore store, StudyFeed feed, IStudyArrivals arrivals, TimeProvider timeProvider, ILogger<StudyAssembler> logger)
    {
        _store = store;
        _arrivals = arrivals;
        _timeProvider = timeProvider;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
        arrivals.Settled += () =>
        {
            if (_isWaitingForArrivals)
                _alarm.Ring();
        };
        feed.Published += changes =>
        {
            if (changes.Any(change => change.To == StudyState.Assembling))
                _alarm.Ring();
        };
        feed.Awakened += _alarm.Ring;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            int completed = await _store.CompleteDueStudiesAsync(_arrivals.IsArriving);
            if (completed > 0)
            {
                KillPoints.Reach(KillPoint.AssemblyCompleted);
                AssemblyLog.Completed(_logger, completed);
            }

            DateTimeOffset? next = await _store.NextCompletionAsync(stoppingToken);
            // Over already: it waits for what is arriving.
            DateTimeOffset now = _timeProvider.GetUtcNow();
            _isWaitingForArrivals = next <= now;
            if (next <= now && _arrivals.AreAny)
                next = now + ArrivalWait;
            await _alarm.WaitAsync(next, stoppingToken);
        }
    }
}
