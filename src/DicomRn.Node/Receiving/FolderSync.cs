using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Receiving;

/// <summary>
/// fsync of a folder, which .NET does not offer. On Windows there is nothing to do: NTFS journals names, and a flush of a
/// file takes them along.
/// </summary>
internal static class FolderSync
{
    private const int CloseOnExecute = 0x80000;

    /// <summary>Makes the entries of a folder durable.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using SafeFileHandle opened = Open(folder);
        if (Fsync(opened) != 0)
            throw Failure(folder);
    }

    /// <summary>Opens a folder, for syncs only. Not on Windows.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string folder)
    {
        int descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), OperatingSystem.IsLinux() ? CloseOnExecute : 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure(folder);
    }

    private static IOException Failure(string folder)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder {folder} cannot be synced: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    // DllImport, because LibraryImport would need unsafe code in the whole project.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(SafeFileHandle descriptor);
#pragma warning restore SYSLIB1054
}
