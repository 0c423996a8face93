namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// The operations that the peer has invoked and that are not answered: as many as the asynchronous operations window allows
/// (PS3.7 D.3.3.3). A peer that invokes more is not read from until one is answered.
/// </summary>
internal sealed class OperationsWindow
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, int> _outstanding = [];
    private TaskCompletionSource? _left;
    private int _count;

    /// <summary>How many operations may be outstanding.</summary>
    public int Size { get; set; } = 1;

    /// <summary>Begins an operation as soon as the window has room for it.</summary>
    /// <returns>False where an operation of the same message ID is outstanding (PS3.7 C.5.10).</returns>
    public async ValueTask<bool> EnterAsync(ushort messageId)
    {
        while (true)
        {
            Task left;
            lock (_lock)
            {
                if (_count < Size)
                {
                    _count++;
                    return (_outstanding[messageId] = _outstanding.GetValueOrDefault(messageId) + 1) == 1;
                }

                left = Left();
            }

            await left.ConfigureAwait(false);
        }
    }

    /// <summary>Ends an operation: it is answered, or the association is over.</summary>
    public void Leave(ushort messageId)
    {
        TaskCompletionSource? left;
        lock (_lock)
        {
            _count--;
            if (--_outstanding[messageId] == 0)
                _outstanding.Remove(messageId);
            (left, _left) = (_left, null);
        }

        left?.SetResult();
    }

    /// <summary>Waits until no operation is outstanding.</summary>
    public async ValueTask EmptyAsync()
    {
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

    private Task Left() => (_left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
