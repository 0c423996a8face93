using System.Collections.Concurrent;

namespace DicomRn.Node.Receiving;

/// <summary>Lets the same SOP instance, coming over two associations at once, be stored by one after the other.</summary>
internal sealed class InstanceTurns
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _taken = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody else stores the instance.</summary>
    /// <returns>To be disposed when it is stored.</returns>
    public async ValueTask<IDisposable> TakeAsync(string sopInstanceUid)
    {
        TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            TaskCompletionSource holder = _taken.GetOrAdd(sopInstanceUid, mine);
            if (ReferenceEquals(holder, mine))
                return new Turn(_taken, sopInstanceUid, mine);
            await holder.Task;
        }
    }

    private sealed class Turn(ConcurrentDictionary<string, TaskCompletionSource> taken, string uid, TaskCompletionSource mine)
        : IDisposable
    {
        public void Dispose()
        {
            taken.TryRemove(uid, out _);
            mine.TrySetResult();
        }
    }
}
