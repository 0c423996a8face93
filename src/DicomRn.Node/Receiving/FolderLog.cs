using DicomRn.Node.Receiving.Log;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>The instance log of a <see cref="FolderReceiver"/>, in a folder below its own that is gone when it ends.</summary>
internal sealed class FolderLog : IAsyncDisposable
{
    private readonly FolderSettlement _settlement;
    private readonly InstanceSettling _settling;
    private readonly string _path;

    private FolderLog(string path, InstanceLog log, FolderSettlement settlement, InstanceSettling settling)
    {
        _path = path;
        Log = log;
        _settlement = settlement;
        _settling = settling;
    }

    /// <summary>The log.</summary>
    public InstanceLog Log { get; }

    /// <summary>Opens the log, makes files of what is in it, and goes on doing that.</summary>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    public static FolderLog Open(string folder, Action<string> received, ILoggerFactory loggers)
    {
        string path = Path.Combine(folder, ".log");
        InstanceLogOptions options = new();
        InstanceLog log = InstanceLog.Open(path, options);
        FolderSettlement settlement = new(folder, received);
        InstanceSettling settling = new(log, settlement, options, TimeProvider.System, loggers.CreateLogger<InstanceSettling>());
        // Its loop begins on another thread.
        _ = settling.StartAsync(CancellationToken.None);
        return new FolderLog(path, log, settlement, settling);
    }

    /// <summary>Makes files of what is in the log, and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _settling.StopAsync(CancellationToken.None);
        _settling.Dispose();
        _settlement.Dispose();
        bool isEmpty = !Log.AreAny;
        Log.Dispose();
        if (isEmpty)
            Directory.Delete(_path, recursive: true);
    }
}
