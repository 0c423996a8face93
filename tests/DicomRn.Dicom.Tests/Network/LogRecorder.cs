using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Keeps what is logged, so that a test can ask whether the log names the peer and the reason.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Forgets what was logged.</summary>
    public void Clear() => _lines.Clear();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits for a line, one already written included.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more = Volatile.Read(ref _more).Task;
            if (_lines.FirstOrDefault(wanted) is { } line)
                return line;
            await more.WaitAsync(cancellationToken);
        }
    }
}
