using DicomRn.Node.Assembly;
using DicomRn.Node.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Pipeline;

/// <summary>
/// Takes complete studies through the pipeline, one after the other, and queues their results. An error is retried a
/// bounded number of times, then a person is asked; a study is never dropped.
/// </summary>
internal sealed class StudyProcessingService : BackgroundService
{
    private readonly StateStore _store;
    private readonly DataFolders _folders;
    private readonly IStudyPipeline _pipeline;
    private readonly AssemblyOptions _options;
    private readonly IResultRouting _routing;
    private readonly FetchTerms? _fetching;
    private readonly ILogger<StudyProcessingService> _logger;
    private readonly TimeProvider _timeProvider;
    private readonly Alarm _alarm;

    public StudyProcessingService(
        StateStore store, StudyFeed feed, DataFolders folders, IStudyPipeline pipeline, IResultRouting routing,
        AssemblyOptions options, TimeProvider timeProvider, ILogger<StudyProcessingService> logger, FetchTerms? fetching = null)
    {
        _store = store;
        _folders = folders;
        _pipeline = pipeline;
        _options = options;
        _logger = logger;
        _routing = routing;
        _fetching = fetching;
        _timeProvider = timeProvider;
        _alarm = new Alarm(timeProvider);
        feed.Published += changes =>
        {
            if (changes.Any(change => change.To == StudyState.Ready))
                _alarm.Ring();
        };
        feed.Awakened += _alarm.Ring;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            int interrupted = await _store.ResumeProcessingAsync(_options.MaximumAttempts);
            if (interrupted > 0)
                ProcessingLog.Resumed(_logger, interrupted);
            if (await _store.BeginProcessingAsync(_fetching) is { } task)
            {
                KillPoints.Reach(KillPoint.ProcessingBegun);
                await ProcessAsync(task, stoppingToken);
            }
            else
            {
                await _alarm.WaitAsync(await _store.NextAttemptAsync(stoppingToken), stoppingToken);
            }
        }
    }

    private async Task ProcessAsync(StudyTask task, CancellationToken stoppingToken)
    {
        ProcessingLog.Started(_logger, task.StudyInstanceUid, task.Revision, task.Attempt, task.Files.Count);
        await using HeldLease lease = new(_store, task.Lease, _timeProvider, stoppingToken);
        StepRecorder steps = new(_store, task);
        try
        {
            StudyInput input = new()
            {
                StudyInstanceUid = task.StudyInstanceUid,
                Files = [.. task.Files.Select(_folders.Absolute)],
                Fetched = new FetchedObjects([.. task.Fetched.Select(_folders.Absolute)], task.FetchNotes),
                MayFetch = task.MayFetch,
                WantsEarlierResults = _fetching is { Earlier: true },
                EarlierReports = await _store.EarlierReportsAsync(task.StudyInstanceUid, task.Revision, stoppingToken),
            };
            StudyResult result = await _pipeline.RunAsync(input, _folders.PrepareWork(task), steps, lease.Token);
            await steps.LastRecorded;
            bool wanted = await _store.FinishProcessingAsync(task, result, _routing, _fetching);
            KillPoints.Reach(result.IsInterim ? KillPoint.FetchingHeld : KillPoint.ProcessingFinished);
            if (wanted && result.IsInterim)
                ProcessingLog.Held(_logger, task.StudyInstanceUid, task.Revision);
            else if (wanted)
                ProcessingLog.Finished(_logger, task.StudyInstanceUid, task.Revision, result.Outcome, result.Results.Count);
            else
                ProcessingLog.Overtaken(_logger, task.StudyInstanceUid, task.Revision);
        }
        catch (Exception e) when (e is LeaseLostException || lease.IsLost)
        {
            // Another node has the study, or will; this run has ended, should its lease be alive after all.
            ProcessingLog.LeaseLost(_logger, task.StudyInstanceUid, task.Revision);
            await _store.ReleaseLeaseAsync(task.Lease);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await EndAsync(task, () => _store.ReleaseProcessingAsync(task));
            throw;
        }
        catch (Exception e)
        {
            ProcessingLog.Failed(_logger, task.StudyInstanceUid, task.Revision, task.Attempt, e);
            TimeSpan delay = _options.AttemptDelay * Math.Pow(2, task.Attempt - 1);
            await EndAsync(task, () => _store.FailProcessingAsync(
                task, $"Processing ended in an error: {e.GetType().Name}: {e.Message}", _options.MaximumAttempts, delay));
        }
    }

    private async Task EndAsync(StudyTask task, Func<Task> transition)
    {
        try
        {
            await transition();
        }
        catch (LeaseLostException)
        {
            ProcessingLog.LeaseLost(_logger, task.StudyInstanceUid, task.Revision);
        }
    }

    /// <summary>Stores each step as it starts; the pipeline need not wait for that.</summary>
    private sealed class StepRecorder(StateStore store, StudyTask task) : IProgress<StudyStep>
    {
        // The store works in the order of calls: the last one done, all are.
        public Task LastRecorded { get; private set; } = Task.CompletedTask;

        public void Report(StudyStep value) => LastRecorded = store.RecordStepAsync(task, value);
    }
}
