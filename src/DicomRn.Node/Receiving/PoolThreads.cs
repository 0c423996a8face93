namespace DicomRn.Node.Receiving;

/// <summary>An association holds a thread of the pool while it syncs; the pool must not hesitate to add another.</summary>
internal static class PoolThreads
{
    /// <summary>Lets the pool have a thread for each association at once.</summary>
    public static void Reserve(int associations)
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, associations + Environment.ProcessorCount), ports);
    }
}
