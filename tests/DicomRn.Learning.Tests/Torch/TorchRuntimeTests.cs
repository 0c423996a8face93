using System.Runtime.InteropServices;
using DicomRn.Learning.Torch;
using TorchSharp;

namespace DicomRn.Learning.Tests.Torch;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Libtorch_loads_and_computes()
    {
        TorchDescription description = TorchRuntime.Describe();
        Assert.Equal("0.107.0", description.TorchSharpVersion);
        Assert.True(description.Threads >= 1);
        using var scope = torch.NewDisposeScope();
        torch.Tensor product = torch.eye(3).matmul(torch.arange(3, dtype: torch.float32).unsqueeze(1));
        Assert.Equal([0f, 1f, 2f], product.data<float>().ToArray());
    }

    [Fact]
    public void Folder_without_libtorch_is_refused_naming_what_is_missing()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("dicomrn-torch-");
        try
        {
            TorchUnavailableException e = Assert.Throws<TorchUnavailableException>(() => LibTorchFolder.Use(empty.FullName));
            Assert.Contains(empty.FullName, e.Message, StringComparison.Ordinal);
            Assert.Contains("torch_cpu", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    [Fact]
    public void Libtorch_cannot_be_exchanged_once_one_is_in_use()
    {
        TorchRuntime.Initialize();
        TorchUnavailableException e =
            Assert.Throws<TorchUnavailableException>(() => TorchRuntime.Initialize(Path.GetTempPath()));
        Assert.Contains("in use already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_sleep_between_loops_unless_the_environment_says_otherwise()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The OpenMP of other systems has settings of its own.");
        TorchRuntime.Initialize();
        // What a library written in C sees, which is not what .NET sees.
        string? seen = Marshal.PtrToStringUTF8(GetEnvironment("OMP_WAIT_POLICY"));
        bool isSet = new[] { "OMP_WAIT_POLICY", "GOMP_SPINCOUNT" }.Any(p => Environment.GetEnvironmentVariable(p) is not null);
        Assert.Equal(isSet ? Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") : "PASSIVE", seen);
    }

    [DllImport("libc", EntryPoint = "getenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
