using System.Globalization;
using DicomRn.Node.Administration;
using DicomRn.Node.Matching;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace DicomRn.Node.Fetching;

/// <summary>
/// One round of asking for one study: every source for contours, registrations, plans and earlier results, and then, when it is known where the
/// contours were drawn and what was measured before, for planning images and those of the latest earlier result. Each series is recorded as soon
/// as its files are durable, so that a round that is interrupted goes on where it was.
/// </summary>
internal sealed class FetchRound
{
    private readonly FetchTask _task;
    private readonly StateStore _store;
    private readonly DataFolders _folders;
    private readonly FetchingOptions _options;
    private readonly DiskReserve _reserve;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly QueryRetrieveFeed? _calls;
    private readonly FetchSelection _selection;
    private readonly List<FetchEntry> _entries = [];
    private readonly Dictionary<string, int> _held;
    private int _instances;
    private long _bytes;

    public FetchRound(
        FetchTask task, StateStore store, DataFolders folders, FetchingOptions options, DiskReserve reserve, TimeProvider time, ILogger logger,
        QueryRetrieveFeed? calls = null)
    {
        _task = task;
        _store = store;
        _folders = folders;
        _options = options;
        _reserve = reserve;
        _time = time;
        _logger = logger;
        _calls = calls;
        _selection = new FetchSelection(task.StudyInstanceUid, task.Wanted);
        _held = task.Instances.Concat(task.Fetched).GroupBy(h => h.SeriesInstanceUid).ToDictionary(g => g.Key, g => g.Count());
        _instances = task.Fetched.Count;
        _bytes = task.Fetched.Sum(f => f.Size);
    }

    /// <summary>Lines that are not recorded yet.</summary>
    public IReadOnlyList<FetchEntry> Entries => _entries;

    /// <summary>Instances taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Sources that did not answer, or failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Does it.</summary>
    /// <exception cref="LeaseLostException">Another node does it now.</exception>
    public async Task RunAsync(IReadOnlyList<IFetchSource> sources, CancellationToken cancellationToken)
    {
        if (await PatientAsync() is not { PatientId.Length: > 0 } patient)
        {
            Remark("this node", FetchEntryKind.NotTaken, "the images name no Patient ID: nobody can be asked");
            return;
        }

        FetchedFolder folder = new(_task, patient, _store, _folders, _logger);
        folder.RemoveInboxes();
        foreach (HeldObject held in _task.Fetched)
            await NoteAsync(_folders.Absolute(held.Path), held.SopClassUid);
        Dictionary<IFetchSource, IReadOnlyList<FoundSeries>> found = [];
        foreach (IFetchSource source in sources)
        {
            await TryAsync(source, async token =>
            {
                found[source] = await source.FindAsync(patient, (kind, text) => Remark(source.Name, kind, text), token);
                KillPoints.Reach(KillPoint.FetchingFound);
                foreach (FoundSeries series in _selection.Objects(found[source]))
                    await TakeAsync(source, series, folder, token);
            }, cancellationToken);
        }

        await TakeImagesAsync(found, _selection.Planning, folder, cancellationToken);
        if (_options.EarlierImages)
            await TakeImagesAsync(found, _selection.EarlierImages, folder, cancellationToken);
    }

    private async Task TakeImagesAsync(
        Dictionary<IFetchSource, IReadOnlyList<FoundSeries>> found, Func<IReadOnlyList<FoundSeries>, IEnumerable<FoundSeries>> wanted,
        FetchedFolder folder, CancellationToken cancellationToken)
    {
        foreach ((IFetchSource source, IReadOnlyList<FoundSeries> series) in found.OrderBy(f => f.Key.IsPeer))
        {
            await TryAsync(source, async token =>
            {
                foreach (FoundSeries images in wanted(series))
                    await TakeAsync(source, images, folder, token);
            }, cancellationToken);
        }
    }

    private async Task TakeAsync(IFetchSource source, FoundSeries series, FetchedFolder folder, CancellationToken cancellationToken)
    {
        int held = _held.GetValueOrDefault(series.SeriesInstanceUid);
        if (held > 0 && held >= (series.Instances ?? 0))
            return;
        if (WhyNot(series) is { } why)
        {
            Remark(source.Name, FetchEntryKind.NotTaken, $"{series}: {why}");
            return;
        }

        string inbox = folder.CreateInbox();
        try
        {
            IReadOnlyList<string> files = await source.GetAsync(series, inbox, cancellationToken);
            IReadOnlyList<FetchedInstanceRecord> placed = await folder.PlaceAsync(
                source, series, files, (kind, text) => Remark(source.Name, kind, text));
            Tell(source, series, placed, files.Count == placed.Count ? null : string.Create(
                CultureInfo.InvariantCulture, $"{files.Count - placed.Count} of {files.Count} instances were not taken"));
            foreach (FetchedInstanceRecord fetched in placed)
                await NoteAsync(_folders.Absolute(fetched.Path), fetched.SopClassUid);
            if (placed.Count > 0)
                Remark(source.Name, FetchEntryKind.Taken, string.Create(CultureInfo.InvariantCulture, $"{series}: {placed.Count} instances"));
            if (!await _store.RecordFetchedAsync(_task, placed, _entries))
            {
                folder.Remove(placed);
                throw new LeaseLostException(_task.Lease);
            }

            _entries.Clear();
            KillPoints.Reach(KillPoint.FetchingRecorded);
            _held[series.SeriesInstanceUid] = held + placed.Count;
            _instances += placed.Count;
            _bytes += placed.Sum(p => p.Size);
            Taken += placed.Count;
            if (placed.Count > 0)
                FetchingLog.Taken(_logger, _task.StudyInstanceUid, placed.Count, source.Name, series.ToString());
        }
        catch (SeriesNotSentException e)
        {
            Tell(source, series, [], e.Message);
            // The others may come; and nobody waits for the sake of an earlier result or a plan.
            Remark(source.Name, FetchEntryKind.Failed, $"{series}: {e.Message}");
            FetchingLog.Failed(_logger, _task.StudyInstanceUid, source.Name, e.Message);
            Failures += _selection.IsNeeded(series) ? 1 : 0;
        }
        finally
        {
            folder.RemoveInbox(inbox);
        }
    }

    private void Tell(IFetchSource source, FoundSeries series, IReadOnlyList<FetchedInstanceRecord> taken, string? error)
    {
        if (source.Call is { } call)
        {
            _calls?.Publish(new FetchedInstances(
                _time.GetUtcNow(), call.CalledAeTitle, call.Host, series.StudyInstanceUid, _task.StudyInstanceUid,
                taken.GroupBy(t => t.SopClassUid).ToDictionary(c => c.Key, c => c.Count()), error));
        }
    }

    private string? WhyNot(FoundSeries series)
    {
        if (_instances + (series.Instances ?? 1) > _options.MaximumInstances)
            return string.Create(CultureInfo.InvariantCulture, $"more than {_options.MaximumInstances} instances would be fetched (Fetching:MaximumInstances)");
        if (_bytes >= _options.MaximumBytes)
            return string.Create(CultureInfo.InvariantCulture, $"{_options.MaximumBytes} bytes are fetched already (Fetching:MaximumBytes)");
        return _reserve.IsTouchedNow() ? "less of the disk is free than Receiving:DiskReserve demands" : null;
    }

    /// <summary>A source that fails does not keep the others from being asked.</summary>
    private async Task TryAsync(IFetchSource source, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.AttemptTimeout, _time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await work(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Fail(source, $"not done within {_options.AttemptTimeout}");
        }
        catch (Exception e) when (IsFailure(e) && !cancellationToken.IsCancellationRequested)
        {
            Fail(source, e is ExecutionRejectedException and not TimeoutRejectedException ? "left alone for a while, because it keeps failing" : e.Message);
        }
    }

    private void Fail(IFetchSource source, string reason)
    {
        Failures++;
        Remark(source.Name, FetchEntryKind.Failed, reason);
        FetchingLog.Failed(_logger, _task.StudyInstanceUid, source.Name, reason);
    }

    private void Remark(string source, FetchEntryKind kind, string text) => _entries.Add(new FetchEntry(_time.GetUtcNow(), source, kind, text));

    private async Task NoteAsync(string path, string sopClass)
    {
        bool isRegistration = sopClass == DicomUID.SpatialRegistrationStorage.UID;
        if (sopClass != DicomUID.RTStructureSetStorage.UID && !StudyFiles.IsSegmentation(sopClass) && !isRegistration)
            return;
        StudyFile file = new(path, (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset);
        if (isRegistration || Reporting.ProcessingDevice.Made(file.Dataset))
            _selection.NoteEarlier(file);
        else if (_selection.Note(file) is { } problem)
            Remark("this node", FetchEntryKind.NotTaken, $"instance {file.SopInstanceUid} cannot be used: {problem}");
    }

    private async Task<PatientIdentity?> PatientAsync()
    {
        foreach (HeldObject instance in _task.Instances)
        {
            try
            {
                DicomDataset dataset = (await DicomFile.OpenAsync(_folders.Absolute(instance.Path), FileReadOption.SkipLargeTags)).Dataset;
                _selection.StudyDate = dataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
                return PatientIdentity.Of(dataset);
            }
            catch (DicomException)
            {
                // The next one will do.
            }
        }

        return null;
    }

    private static bool IsFailure(Exception e) => PeerEcho.IsExpected(e) || e is ExecutionRejectedException or UnauthorizedAccessException;
}
