namespace DicomRn.Node.Receiving.Log;

/// <summary>Settles what the log of a process holds that has ended. Killed in the middle, it is done again.</summary>
internal static class InstanceLogRecovery
{
    private const int LargestBatch = 512;
    private const long LargestBatchBytes = 64 << 20;

    /// <summary>Does it.</summary>
    /// <param name="folder">The folder of the log.</param>
    /// <param name="options">The settings that its files were made by; others only make it create its files anew.</param>
    /// <param name="settlement">Where the instances have their place.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>How many instances there were.</returns>
    /// <exception cref="IOException">The process is alive and has the log, or the log cannot be read.</exception>
    public static async Task<int> RunAsync(
        string folder, InstanceLogOptions options, ISettlement settlement, CancellationToken cancellationToken)
    {
        using InstanceLog log = InstanceLog.Open(folder, options);
        int count = 0;
        while (log.Next(LargestBatch, LargestBatchBytes) is { Count: > 0 } batch)
        {
            await settlement.SettleAsync(log.Inbox, batch, cancellationToken);
            log.EndSettling(batch);
            count += batch.Count;
        }

        return count;
    }
}
