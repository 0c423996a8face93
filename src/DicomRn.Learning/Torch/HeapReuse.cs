using System.Runtime.InteropServices;

namespace DicomRn.Learning.Torch;

/// <summary>
/// Lets a training keep the memory of the tensors that it has done with. As it comes, glibc maps large blocks anew each time and gives them back
/// to the kernel, which then has to clear the same pages for every update: that takes a seventh to a third of the processor time of a training.
/// What is kept is about what one update needs; it goes back to the system when the program ends. So this is for commands that train, not for
/// the service.
/// </summary>
internal static partial class HeapReuse
{
    // malloc.h of glibc
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    private static readonly string[] Settings = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_", "GLIBC_TUNABLES"];

    /// <summary>Begins, on Linux with glibc; elsewhere nothing happens. Whoever has set thresholds by glibc's environment variables keeps them.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux() || Settings.Any(s => Environment.GetEnvironmentVariable(s) is not null))
            return;
        // The C libraries of other kinds do not have it.
        if (!NativeLibrary.TryLoad("libc.so.6", out nint library) || !NativeLibrary.TryGetExport(library, "mallopt", out _))
            return;
        _ = SetOption(MapThreshold, 1 << 30);
        _ = SetOption(TrimThreshold, int.MaxValue);
        // A thread other than the first has heaps of 64 MiB, which are unmapped when they are empty unless this is more than two of them.
        _ = SetOption(TopPad, 1 << 28);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
