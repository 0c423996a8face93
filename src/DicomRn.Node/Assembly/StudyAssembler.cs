using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Assembly;

/// <summary>
/// Ends a study's assembly when its time is over. The times are the store's, re-armed with every instance recorded, so a
/// restart loses none of them; an association's end means nothing here, for an aborted transfer is not complete.
/// </summary>
internal sealed class StudyAssembler : BackgroundService
{
    private readonly StateStore _store;
    private readonly ILogger<StudyAssembler> _logger;
    private readonly Alarm _alarm;

    public StudyAssembler(StateStore store, StudyFeed feed, TimeProvider timeProvider, ILogger<StudyAssembler> logger)
    {
        _store = store;
        _logger = logger;
        _alarm = new Alarm(timeProvider);
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
            int completed = await _store.CompleteDueStudiesAsync();
            if (completed > 0)
                AssemblyLog.Completed(_logger, completed);
            await _alarm.WaitAsync(await _store.NextCompletionAsync(stoppingToken), stoppingToken);
        }
    }
}
