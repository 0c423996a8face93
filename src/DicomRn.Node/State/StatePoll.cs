using Microsoft.Extensions.Hosting;

namespace DicomRn.Node.State;

/// <summary>Lets this node look for work that became due on others.</summary>
internal sealed class StatePoll(StateOptions options, StudyFeed feed, TimeProvider timeProvider) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.PollInterval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            feed.Awaken();
    }
}
