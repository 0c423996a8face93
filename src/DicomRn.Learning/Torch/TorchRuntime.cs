using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;

namespace DicomRn.Learning.Torch;

/// <summary>Loads libtorch, once per process, and says what was loaded.</summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool _initialized;
    private static string? _directory;

    /// <summary>
    /// Loads the packaged libtorch, or the one in <paramref name="libTorchDirectory"/>; a later call with the same
    /// directory does nothing. Every public type of this assembly that computes calls it, with the packaged libtorch
    /// as the default, so a program with a setting for the directory calls it first.
    /// </summary>
    /// <param name="libTorchDirectory">The folder of an existing libtorch of the version that <see cref="RequiredVersion"/>
    /// names, for instance <c>torch/lib</c> of a PyTorch installation; null or empty for the packaged one.</param>
    /// <exception cref="TorchUnavailableException">libtorch is missing, of another version, or does not load here; or
    /// another one has been loaded already.</exception>
    public static void Initialize(string? libTorchDirectory = null)
    {
        string? directory = string.IsNullOrWhiteSpace(libTorchDirectory) ? null : Path.GetFullPath(libTorchDirectory);
        lock (Gate)
        {
            if (_initialized)
            {
                if (directory is not null && directory != _directory)
                {
                    throw new TorchUnavailableException(
                        $"libtorch of {directory} cannot be loaded: the one of {_directory ?? "the program"} is in use already.");
                }

                return;
            }

            OpenMpWaiting.Sleep();
            if (directory is null)
                LibTorchFolder.UsePackaged();
            else
                LibTorchFolder.Use(directory);
            Start(directory);
            _directory = directory;
            _initialized = true;
        }
    }

    /// <summary>The libtorch version that an external libtorch must have.</summary>
    public static string RequiredVersion => "2.10";

    /// <summary>Sets the number of threads that one tensor operation may use on the CPU.</summary>
    /// <param name="threads">At least 1; 0 for one per core that the process may use.</param>
    public static void SetThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Initialize();
        torch.set_num_threads(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <summary>What computes: versions, device, threads. Loads libtorch where that has not happened yet.</summary>
    /// <exception cref="TorchUnavailableException">libtorch does not load.</exception>
    public static TorchDescription Describe()
    {
        Initialize();
        bool cuda = torch.cuda.is_available();
        return new TorchDescription(
            typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "",
            torch.__version__,
            _directory,
            cuda ? string.Create(CultureInfo.InvariantCulture, $"cuda ({torch.cuda.device_count()})") : "cpu",
            torch.get_num_threads());
    }

    private static void Start(string? directory)
    {
        try
        {
            if (!torch.TryInitializeDeviceType(DeviceType.CPU))
                throw new TorchUnavailableException("libtorch was loaded but has no CPU device.");
            torch.random.manual_seed(0);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or NotSupportedException
            or TypeInitializationException or EntryPointNotFoundException or ExternalException)
        {
            string which = directory is null
                ? $"The libtorch of {Path.Combine(AppContext.BaseDirectory, "libtorch")}"
                : $"The libtorch of {directory} (version {RequiredVersion} is needed)";
            throw new TorchUnavailableException(
                $"{which} does not load on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}): " +
                FirstLine((e.InnerException ?? e).Message), e);
        }
    }

    private static string FirstLine(string message)
    {
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
