namespace DicomRn.Node.State;

/// <summary>
/// The database's write-ahead log on disk. A sync of bytes that overwrite allocated ones costs less than half of a sync
/// that also makes the file grow, and every commit is one; so the log gets its full length before the first of them.
/// </summary>
internal static class WriteAheadLog
{
    /// <summary>After so many pages of 4 KiB SQLite moves them to the database and begins the log anew.</summary>
    public const int PagesPerCheckpoint = 4000;

    // Page and frame header, and room for a transaction that runs over the mark.
    private const long Length = (PagesPerCheckpoint + 200) * (4096L + 24);

    /// <summary>
    /// Fills the open database's log up with zeros. SQLite stops reading a log at the first frame without a valid
    /// checksum, so what lies behind its end means nothing to it.
    /// </summary>
    public static async Task AllocateAsync(string databaseFile, CancellationToken cancellationToken)
    {
        await using FileStream log = new(
            databaseFile + "-wal", FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        byte[] zeros = new byte[1 << 20];
        for (log.Position = log.Length; log.Position < Length;)
            await log.WriteAsync(zeros.AsMemory(0, (int)Math.Min(zeros.Length, Length - log.Position)), cancellationToken);
        log.Flush(flushToDisk: true);
    }
}
