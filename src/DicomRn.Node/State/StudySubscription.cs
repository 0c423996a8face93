using System.Threading.Channels;

namespace DicomRn.Node.State;

/// <summary>The changes since <see cref="StudyFeed.Subscribe"/>, none left out. For one reader.</summary>
public sealed class StudySubscription : IAsyncEnumerable<StudyChanged>, IDisposable
{
    private readonly StudyFeed _feed;
    private readonly Channel<StudyChanged> _changes =
        Channel.CreateUnbounded<StudyChanged>(new UnboundedChannelOptions { SingleReader = true });

    internal StudySubscription(StudyFeed feed) => _feed = feed;

    internal void Offer(StudyChanged change) => _changes.Writer.TryWrite(change);

    /// <inheritdoc/>
    public IAsyncEnumerator<StudyChanged> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _changes.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Waits for the next change of a study to one of <paramref name="states"/>; changes before it are consumed.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="states">The states to wait for.</param>
    /// <exception cref="InvalidOperationException">The subscription was disposed.</exception>
    public async Task<StudyChanged> WaitForAsync(
        string studyInstanceUid, CancellationToken cancellationToken, params StudyState[] states)
    {
        await foreach (StudyChanged change in _changes.Reader.ReadAllAsync(cancellationToken))
            if (change.StudyInstanceUid == studyInstanceUid && states.Contains(change.To) && change.From != change.To)
                return change;
        throw new InvalidOperationException("The subscription was disposed.");
    }

    /// <summary>Stops listening; a reader comes to an end.</summary>
    public void Dispose()
    {
        _feed.Remove(this);
        _changes.Writer.TryComplete();
    }
}
