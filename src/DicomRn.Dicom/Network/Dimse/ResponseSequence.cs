using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>The responses of a provider, one after another, with the connection's watchdog at rest while the provider works.</summary>
internal sealed class ResponseSequence<TResponse>(
    Func<IAsyncEnumerable<TResponse>> perform, ConnectionWatchdog watchdog, CancellationToken cancelled) : IAsyncDisposable
    where TResponse : DicomResponse
{
    private IAsyncEnumerator<TResponse>? _responses;

    public bool PausesWatchdog { get; init; }

    /// <returns>The next response, null after the last.</returns>
    public async ValueTask<TResponse?> NextAsync()
    {
        if (PausesWatchdog)
            watchdog.Pause();
        try
        {
            _responses ??= perform().GetAsyncEnumerator(cancelled);
            return await _responses.MoveNextAsync().ConfigureAwait(false) ? _responses.Current : null;
        }
        finally
        {
            if (PausesWatchdog)
                watchdog.Resume();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_responses is not null)
            await _responses.DisposeAsync().ConfigureAwait(false);
    }
}
