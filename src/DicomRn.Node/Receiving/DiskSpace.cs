using Microsoft.Data.Sqlite;
using Npgsql;

namespace DicomRn.Node.Receiving;

/// <summary>Tells "no space left" from other errors, of files and of the state store.</summary>
internal static class DiskSpace
{
    private const int SqliteFull = 13;

    // errno of Unix; Windows: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL as HRESULT.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>The exception that says so.</summary>
    public static IOException Exhausted(string message) => new(message, OperatingSystem.IsWindows() ? DiskFull : NoSpace);

    public static bool IsExhausted(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.DiskFull,
        IOException io => io.HResult is HandleDiskFull or DiskFull
            || (!OperatingSystem.IsWindows() && io.HResult is NoSpace or QuotaExceeded)
            || (io.InnerException is { } cause && IsExhausted(cause)),
        _ => exception.InnerException is { } inner && IsExhausted(inner),
    };
}
