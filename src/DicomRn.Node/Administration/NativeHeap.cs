using System.Runtime.InteropServices;

namespace DicomRn.Node.Administration;

/// <summary>
/// The heap of native libraries (libtorch, SQLite, Skia) in a process that runs for months. The GNU C library gives threads that allocate
/// at the same time a heap of their own, up to eight per processor, and keeps more and more of what is freed in them: the resident memory
/// creeps upwards without anything being lost.
/// </summary>
/// <remarks>See mallopt(3). Other systems and C libraries have no such habit, and nothing is done there.</remarks>
public static class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    // As far as the few native calls of the node's threads get in each other's way.
    private const int Arenas = 2;

    // Images and the tensors of a model are larger: they go back to the system when they are freed.
    private const int LargestKept = 256 * 1024;

    /// <summary>Keeps it small. To be called before threads begin to work.</summary>
    /// <returns>Whether this system's C library takes the settings.</returns>
    public static bool Limit()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return Mallopt(ArenaMax, Arenas) != 0 && Mallopt(MmapThreshold, LargestKept) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // DllImport, because LibraryImport would need unsafe code in the whole project.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Mallopt(int parameter, int value);
#pragma warning restore SYSLIB1054
}
