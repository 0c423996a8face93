using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>A storage SCP that runs as a process of its own and stores below a folder.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<double> _notes = [];

    private ReceiverProcess(string name, Process process, IPEndPoint endPoint, string folder)
    {
        Name = name;
        _process = process;
        EndPoint = endPoint;
        Folder = folder;
    }

    /// <summary>The program's name in the tables.</summary>
    public string Name { get; }

    public IPEndPoint EndPoint { get; }

    /// <summary>Processor time of the process so far, without that of processes it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes, without that of processes it started.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The median of what was noted; not a number where nothing was.</summary>
    public double MedianNote => _notes.Count == 0 ? double.NaN : _notes.Order().ElementAt(_notes.Count / 2);

    /// <summary>Where it stores.</summary>
    public string Folder { get; }

    /// <summary>How many files it has stored.</summary>
    public int StoredFiles => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Count(f => new FileInfo(f).Length > 0);

    /// <summary>Notes a figure of a round.</summary>
    public void Note(double value) => _notes.Add(value);

    /// <summary>Starts it and waits until it accepts connections.</summary>
    public static async Task<ReceiverProcess> StartAsync(ReceiverProgram program, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        IPEndPoint endPoint = new(IPAddress.Loopback, FreePort());
        ProcessStartInfo start = program.StartInfo(endPoint.Port, folder);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program.Name} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ReceiverProcess receiver = new(program.Name, process, endPoint, folder);
        long begin = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (!await receiver.AcceptsAsync(cancellationToken))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begin) > StartLimit)
                throw new InvalidOperationException($"{program.Name} does not listen on port {endPoint.Port}.");
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return receiver;
    }

    /// <summary>Removes what it has stored.</summary>
    public void Empty()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(EndPoint, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
