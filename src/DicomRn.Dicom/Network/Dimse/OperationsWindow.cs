namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// The operations that the peer has invoked and that are not answered: as many as the asynchronous operations window allows
/// (PS3.7 D.3.3.3). A peer that invokes more is not read from until one is answered.
/// </summary>
internal sealed class OperationsWindow
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, CancellationTokenSource?> _unanswered = [];
    private TaskCompletionSource? _left;
    private int _count;

    /// <summary>How many operations may be outstanding.</summary>
    public int Size { get; set; } = 1;

    /// <summary>Begins an operation as soon as the window has room for it.</summary>
    /// <returns>False, at once, where an operation of the same message ID is not answered (PS3.7 C.5.10): it takes no place.</returns>
    public async ValueTask<bool> EnterAsync(DicomRequest request)
    {
        while (true)
        {
            Task left;
            lock (_lock)
            {
                if (_unanswered.ContainsKey(request.MessageID))
                    return false;
                if (_count < Size)
                {
                    _count++;
                    _unanswered.Add(request.MessageID, CanBeCancelled(request) ? new CancellationTokenSource() : null);
                    return true;
                }

                left = Left();
            }

            await left.ConfigureAwait(false);
        }
    }

    /// <summary>Cancelled by a C-CANCEL of the operation, and when nobody waits for its responses any more.</summary>
    public CancellationToken Cancelled(DicomRequest request)
    {
        lock (_lock)
            return _unanswered.GetValueOrDefault(request.MessageID)?.Token ?? CancellationToken.None;
    }

    /// <summary>The last response is about to be sent: the peer may use the message ID anew as soon as it has it.</summary>
    public void Answer(DicomRequest request)
    {
        lock (_lock)
            _unanswered.Remove(request.MessageID);
    }

    /// <summary>The place of an operation is free: its last response is sent, or the association is over.</summary>
    public void Leave()
    {
        TaskCompletionSource? left;
        lock (_lock)
        {
            _count--;
            (left, _left) = (_left, null);
        }

        left?.SetResult();
    }

    /// <summary>Cancels an operation; one that was answered meanwhile, or cannot be cancelled, goes on as it was.</summary>
    public Task CancelAsync(ushort messageId)
    {
        lock (_lock)
            return _unanswered.GetValueOrDefault(messageId)?.CancelAsync() ?? Task.CompletedTask;
    }

    /// <summary>Cancels what can be cancelled and waits until no operation is outstanding.</summary>
    public async Task EndAsync()
    {
        Task cancelling;
        lock (_lock)
            cancelling = Task.WhenAll(_unanswered.Values.OfType<CancellationTokenSource>().Select(source => source.CancelAsync()));
        await cancelling.ConfigureAwait(false);
        while (true)
        {
            Task left;
            lock (_lock)
            {
                if (_count == 0)
                    return;
                left = Left();
            }

            await left.ConfigureAwait(false);
        }
    }

    /// <summary>Whether an operation has several responses, and so can be cancelled between them.</summary>
    public static bool CanBeCancelled(DicomRequest request) => request is DicomCFindRequest or DicomCGetRequest or DicomCMoveRequest;

    private Task Left() => (_left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
