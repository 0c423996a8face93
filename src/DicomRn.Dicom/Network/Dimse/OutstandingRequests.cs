using System.Collections.Concurrent;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>Requests that were sent and not answered yet, by message ID.</summary>
/// <param name="ofProvider">
/// Whether they are those of a provider, which has only the events of its request to hear that no answer can come any more.
/// </param>
internal sealed class OutstandingRequests(bool ofProvider)
{
    private readonly ConcurrentDictionary<ushort, (DicomRequest Request, TaskCompletionSource<DicomResponse> Answer)> _requests = [];

    public int Count => _requests.Count;

    /// <summary>Begins to wait for the last response to a request.</summary>
    /// <exception cref="DicomNetworkException">Its message ID is in use.</exception>
    public Task<DicomResponse> Add(DicomRequest request)
    {
        // Whoever waits goes on where the answer was read: its next request leaves without waking another thread for it, which
        // takes as long as sending a slice.
        TaskCompletionSource<DicomResponse> answer = new();
        return _requests.TryAdd(request.MessageID, (request, answer))
            ? answer.Task
            : throw new DicomNetworkException($"message ID {request.MessageID} is already in use on this association");
    }

    public void Remove(DicomRequest request) => _requests.TryRemove(request.MessageID, out _);

    /// <summary>The request that a response answers; after its last response it is no longer outstanding.</summary>
    public DicomRequest? Find(DicomResponse response, out TaskCompletionSource<DicomResponse>? lastAnswer)
    {
        lastAnswer = null;
        if (!_requests.TryGetValue(response.RequestMessageID, out var found))
            return null;
        if (response.Status.State != DicomState.Pending && _requests.TryRemove(response.RequestMessageID, out _))
            lastAnswer = found.Answer;
        return found.Request;
    }

    /// <summary>No answer can come any more.</summary>
    public void FailAll(Exception reason)
    {
        foreach (ushort id in _requests.Keys)
        {
            if (_requests.TryRemove(id, out var waiting))
            {
                waiting.Answer.TrySetException(reason);
                // Whoever sent the request without waiting for its response heard of the reason by OnConnectionClosed.
                _ = waiting.Answer.Task.Exception;
                if (ofProvider)
                    waiting.Request.RaiseTimeout(TimeSpan.Zero);
            }
        }
    }
}
