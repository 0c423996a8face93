using DicomRn.Commands;
using Microsoft.Extensions.Logging;

namespace DicomRn.Tests.Commands;

public sealed class DeferredLoggerFactoryTests
{
    [Fact]
    public void Nothing_is_made_before_a_record_is_written()
    {
        int made = 0;
        List<string> written = [];
        using (DeferredLoggerFactory factory = new(LogLevel.Warning, () =>
        {
            made++;
            return new RecordingFactory(written);
        }))
        {
            ILogger logger = factory.CreateLogger("category");
            Assert.False(logger.IsEnabled(LogLevel.Information));
            Assert.True(logger.IsEnabled(LogLevel.Warning));
            Assert.False(logger.IsEnabled(LogLevel.None));
            Write(logger, LogLevel.Information, "dropped");
            Assert.Equal(0, made);

            Write(logger, LogLevel.Warning, "first");
            Write(factory.CreateLogger("other"), LogLevel.Error, "second");
        }

        Assert.Equal(1, made);
        Assert.Equal(["category: first", "other: second", "disposed"], written);
    }

    private static void Write(ILogger logger, LogLevel level, string text) =>
        logger.Log(level, default, text, null, (state, _) => state);

    private sealed class RecordingFactory(List<string> written) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new RecordingLogger(categoryName, written);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => written.Add("disposed");
    }

    private sealed class RecordingLogger(string category, List<string> written) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Add($"{category}: {formatter(state, exception)}");
    }
}
