using System.Globalization;
using Microsoft.Extensions.Logging;

namespace DicomRn.Demonstration;

/// <summary>Writes the node's log into a file, because the screen is for what a person watches.</summary>
internal sealed class DemoLog : ILoggerProvider
{
    private readonly StreamWriter _file;
    private readonly Lock _lock = new();

    public DemoLog(string path) => _file = new StreamWriter(path, append: false) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
            _file.Dispose();
    }

    private void Write(LogLevel level, string category, EventId id, string text, Exception? failure)
    {
        lock (_lock)
        {
            if (_file.BaseStream.CanWrite)
                _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:O} {level} {category}[{id.Id}] {text}{(failure is null ? "" : $" {failure}")}"));
        }
    }

    private sealed class Category(DemoLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write(logLevel, name, eventId, formatter(state, exception), exception);
        }
    }
}
