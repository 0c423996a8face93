using DicomRn.Node.Administration;

namespace DicomRn.Node.Tests.Administration;

public class NativeHeapTests
{
    [Fact]
    public void The_GNU_C_library_takes_the_settings_and_others_are_left_alone()
    {
        bool isGnu = OperatingSystem.IsLinux() && File.ReadAllText("/proc/self/maps").Contains("/libc.so.6", StringComparison.Ordinal);

        Assert.Equal(isGnu, NativeHeap.Limit());
    }
}
