using System.Collections.Concurrent;

namespace DicomRn.Node.Classification;

/// <summary>
/// The one thread that a model runs on. OpenMP, which libtorch computes with, gives every thread that calls it a team of threads and memory
/// of their own, for good: run on the pool's threads, a model would take more of both until all of those had called it.
/// </summary>
internal sealed class ModelThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public ModelThread()
    {
        Thread thread = new(Run) { IsBackground = true, Name = "Model" };
        thread.Start();
    }

    /// <summary>Runs something on the thread, after what was given before.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(
            () =>
            {
                try
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    done.SetResult(work());
                }
                catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
                {
                    done.SetCanceled(e.CancellationToken);
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            CancellationToken.None);
        return done.Task;
    }

    /// <summary>The thread ends after what was given to it.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }
}
