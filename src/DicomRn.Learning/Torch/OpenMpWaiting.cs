using System.Runtime.InteropServices;

namespace DicomRn.Learning.Torch;

/// <summary>
/// Lets libtorch's threads sleep between two parallel loops. As shipped they spin, and take the cores from whatever works beside them: the
/// makers of batches, receiving, other programs.
/// </summary>
internal static partial class OpenMpWaiting
{
    private static readonly string[] Policies = ["OMP_WAIT_POLICY", "GOMP_SPINCOUNT"];

    /// <summary>To be called before libtorch is loaded, which reads it then. Whoever has set a policy keeps it.</summary>
    public static void Sleep()
    {
        // Environment.SetEnvironmentVariable changes .NET's copy alone, which a library written in C does not see.
        if (OperatingSystem.IsLinux() && Policies.All(p => Environment.GetEnvironmentVariable(p) is null))
            _ = SetEnvironment(Policies[0], "PASSIVE", 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
