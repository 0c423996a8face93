using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DicomRn.Learning.Torch;

/// <summary>
/// Where the native libraries of Torch come from: the folder <c>libtorch</c> beside the program, or for all but TorchSharp's
/// own one an existing libtorch. TorchSharp asks for them by name; none lies where the runtime looks by itself.
/// </summary>
internal static class LibTorchFolder
{
    private const string TorchSharpLibrary = "LibTorchSharp";
    private static readonly string[] Required = ["c10", "torch_cpu", "torch"];

    // Dependencies first: what is loaded already is found by its name, wherever the next library would look.
    private static readonly string[] LoadOrder = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];
    private static readonly string Packaged = Path.Combine(AppContext.BaseDirectory, "libtorch");
    private static string _folder = Packaged;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "TorchSharp loads its libraries in the first type initialiser that runs.")]
    internal static void Register() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;

    /// <summary>Loads the packaged libtorch.</summary>
    /// <exception cref="TorchUnavailableException">There is none, or it does not load.</exception>
    public static void UsePackaged()
    {
        if (!File.Exists(Path.Combine(Packaged, FileName("torch_cpu"))))
        {
            throw new TorchUnavailableException(
                $"The program has no libtorch of its own ({Packaged}); name an existing one in Inference:LibTorchDirectory.");
        }

        LoadAll(Packaged);
    }

    /// <summary>Loads the libtorch of a folder in place of the packaged one.</summary>
    /// <exception cref="TorchUnavailableException">The folder holds no libtorch, or it does not load.</exception>
    public static void Use(string directory)
    {
        if (!Directory.Exists(directory))
            throw new TorchUnavailableException($"{directory} is not a folder; it should hold an existing libtorch.");
        string[] missing = [.. Required.Select(FileName).Where(name => !File.Exists(Path.Combine(directory, name)))];
        if (missing.Length > 0)
        {
            throw new TorchUnavailableException(
                $"{directory} is not the folder of a libtorch: {string.Join(", ", missing)} missing.");
        }

        LoadAll(directory);
        _folder = directory;
    }

    private static void LoadAll(string directory)
    {
        foreach (string name in LoadOrder)
        {
            string path = Path.Combine(directory, FileName(name));
            if (File.Exists(path))
                Load(path);
        }

        // Its error says more than TorchSharp's, which then goes looking for packages.
        Load(Path.Combine(Packaged, FileName(TorchSharpLibrary)));
    }

    private static void Load(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchUnavailableException($"{path} does not load: {e.Message}", e);
        }
    }

    private static IntPtr Resolve(Assembly assembly, string name)
    {
        if (assembly.GetName().Name != "TorchSharp")
            return IntPtr.Zero;
        string path = Path.Combine(name == TorchSharpLibrary ? Packaged : _folder, FileName(name));
        return File.Exists(path) && NativeLibrary.TryLoad(path, out IntPtr handle) ? handle : IntPtr.Zero;
    }

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
