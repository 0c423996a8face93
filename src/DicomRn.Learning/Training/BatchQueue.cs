using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DicomRn.Learning.Training;

/// <summary>
/// Batches made ahead of their use by several threads and handed out in order. What a batch is must follow from its number
/// alone, so that the number of threads changes nothing.
/// </summary>
internal sealed class BatchQueue<T> : IDisposable
    where T : class
{
    private const int AheadPerWorker = 2;
    private readonly BlockingCollection<(T? Batch, ExceptionDispatchInfo? Failure)>[] _lanes;
    private readonly Thread[] _workers;
    private readonly CancellationTokenSource _stop;
    private int _next;

    /// <param name="first">Number of the first batch.</param>
    /// <param name="end">Number after the last one.</param>
    /// <param name="workers">Threads, 1 or more.</param>
    /// <param name="make">Makes a batch; runs on several threads at once.</param>
    /// <param name="cancellationToken">Ends making and taking.</param>
    public BatchQueue(int first, int end, int workers, Func<int, T> make, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _lanes = new BlockingCollection<(T?, ExceptionDispatchInfo?)>[workers];
        _workers = new Thread[workers];
        for (int w = 0; w < workers; w++)
        {
            BlockingCollection<(T?, ExceptionDispatchInfo?)> lane = _lanes[w] = new(AheadPerWorker);
            int start = first + w;
            _workers[w] = new Thread(() => Fill(lane, start, end, workers, make, _stop.Token)) { IsBackground = true, Name = $"batches {w}" };
            _workers[w].Start();
        }
    }

    /// <summary>The next batch, waiting for it.</summary>
    public T Take()
    {
        (T? batch, ExceptionDispatchInfo? failure) = _lanes[_next++ % _lanes.Length].Take(_stop.Token);
        failure?.Throw();
        return batch!;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread worker in _workers)
            worker.Join();
        foreach (BlockingCollection<(T?, ExceptionDispatchInfo?)> lane in _lanes)
            lane.Dispose();
        _stop.Dispose();
    }

    /// <summary>A failure is thrown where its batch is taken, unless nobody takes any more.</summary>
    private static void HandOver(BlockingCollection<(T?, ExceptionDispatchInfo?)> lane, Exception failure, CancellationToken stop)
    {
        try
        {
            lane.Add((null, ExceptionDispatchInfo.Capture(failure)), stop);
        }
        catch (OperationCanceledException)
        {
            // The taker is gone.
        }
    }

    private static void Fill(
        BlockingCollection<(T?, ExceptionDispatchInfo?)> lane, int start, int end, int stride, Func<int, T> make, CancellationToken stop)
    {
        try
        {
            for (int n = start; n < end; n += stride)
                lane.Add((make(n), null), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The taker is gone.
        }
        catch (Exception e)
        {
            HandOver(lane, e, stop);
        }
    }
}
