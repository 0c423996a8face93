using System.Collections.Concurrent;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Several modalities that send studies to a node, and send again what it did not acknowledge before it died.</summary>
internal sealed class Modalities(PhantomStudies phantom, int port)
{
    /// <summary>By how much an instance of a study is larger than it need be: too large for the small log of <see cref="MortalNode"/>.</summary>
    private const int Padding = 300_000;

    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<string, SentStudy> _studies = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _refusals = new();
    private int _copies;

    /// <summary>Everything that was begun to be sent.</summary>
    public IReadOnlyCollection<SentStudy> Studies => [.. _studies.Values];

    /// <summary>SHA-256 of the data sets that were acknowledged, by SOP Instance UID.</summary>
    public Dictionary<string, string> Acknowledged => _studies.Values.SelectMany(s => s.Acknowledged).ToDictionary();

    /// <summary>Answers other than Success.</summary>
    public IReadOnlyList<string> Refusals => [.. _refusals];

    /// <summary>Prepares a new study.</summary>
    public async Task<SentStudy> NextAsync(bool hasContours)
    {
        SentStudy study = await SentStudy.CreateAsync(phantom, Interlocked.Increment(ref _copies), hasContours, Padding);
        _studies[study.StudyInstanceUid] = study;
        return study;
    }

    /// <summary>Sends a study on one association, once.</summary>
    public Task TrySendAsync(SentStudy study, CancellationToken cancellationToken) => study.TrySendAsync(
        port, (sop, status) => _refusals.Enqueue($"{sop}: {status}"), cancellationToken);

    /// <summary>Sends a study until all of it is acknowledged.</summary>
    public async Task SendAsync(SentStudy study, CancellationToken cancellationToken)
    {
        while (!study.IsAcknowledged)
        {
            await TrySendAsync(study, cancellationToken);
            if (!study.IsAcknowledged)
                await Task.Delay(AfterRefusal, cancellationToken);
        }
    }

    /// <summary>Sends everything that is pending until all of it is acknowledged, each study on an association of its own.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_studies.Values.Where(s => !s.IsAcknowledged).Select(s => SendAsync(s, cancellationToken)));

    /// <summary>A study was deleted from the node: nothing is expected of it any more.</summary>
    public void Forget(SentStudy study) => _studies.TryRemove(study.StudyInstanceUid, out _);
}
