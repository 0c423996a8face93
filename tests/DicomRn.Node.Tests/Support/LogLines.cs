using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Support;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LogLines : ILogger, ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits for a line with these words, one already written included.</summary>
    public async Task<string> LineAsync(params string[] words)
    {
        while (true)
        {
            Task more = Volatile.Read(ref _more).Task;
            if (_lines.FirstOrDefault(line => words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))) is { } found)
                return found;
            await more.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}");
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Dispose()
    {
    }
}
