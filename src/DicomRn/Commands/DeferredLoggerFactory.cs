using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Commands;

/// <summary>
/// Makes the real logger factory when the first record is written: a command that has nothing to tell does without it, and
/// making it takes as long as sending fifty instances.
/// </summary>
/// <param name="minimum">Records below are dropped.</param>
/// <param name="create">Makes the real one.</param>
internal sealed class DeferredLoggerFactory(LogLevel minimum, Func<ILoggerFactory> create) : ILoggerFactory
{
    private readonly Lazy<ILoggerFactory> _real = new(create);

    private LogLevel Minimum { get; } = minimum;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new DeferredLogger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _real.Value.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_real.IsValueCreated)
            _real.Value.Dispose();
    }

    private sealed class DeferredLogger(DeferredLoggerFactory factory, string category) : ILogger
    {
        private ILogger? _real;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= factory.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                (_real ??= factory._real.Value.CreateLogger(category)).Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
