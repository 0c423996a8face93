using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving.Log;

/// <summary>Syncs that .NET does not offer: of a file's data without its times, and of a whole file system.</summary>
internal static class DataSync
{
    private const int Interrupted = 4;

    // Before Linux 5.8 syncfs did not tell of writes that failed.
    private static readonly Version FirstToTell = new(5, 8);

    /// <summary>Whether <see cref="SyncFileSystem"/> may be used here.</summary>
    public static bool KnowsFileSystems { get; } = OperatingSystem.IsLinux() && Environment.OSVersion.Version >= FirstToTell;

    /// <summary>
    /// Makes a file's bytes durable. On Linux by fdatasync: where bytes that were on disk before are overwritten, no journal
    /// commit is needed for it, which costs half of an fsync.
    /// </summary>
    /// <exception cref="IOException">They are not durable.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (Fdatasync(file) != 0)
            ThrowUnlessInterrupted("The file cannot be synced");
    }

    /// <summary>Makes everything durable that was written to the file system of an open file or folder.</summary>
    /// <exception cref="IOException">Something, of whatever program, could not be written since the last call or the opening.</exception>
    public static void SyncFileSystem(SafeFileHandle onIt)
    {
        while (Syncfs(onIt) != 0)
            ThrowUnlessInterrupted("The file system cannot be synced");
    }

    private static void ThrowUnlessInterrupted(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
            throw new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    // DllImport, because LibraryImport would need unsafe code in the whole project.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fdatasync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Syncfs(SafeFileHandle file);
#pragma warning restore SYSLIB1054
}
