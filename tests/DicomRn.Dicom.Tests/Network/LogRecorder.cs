using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Keeps what is logged, so that a test can ask whether the log names the peer and the reason.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");
}
