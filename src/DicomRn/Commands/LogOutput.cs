using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DicomRn.Commands;

/// <summary>Logs go to stderr, one line each, with the time in UTC.</summary>
internal static class LogOutput
{
    /// <summary>A logger factory for commands without settings.</summary>
    public static ILoggerFactory Create(LogLevel minimum) => new DeferredLoggerFactory(
        minimum, () => LoggerFactory.Create(logging => AddTo(logging.SetMinimumLevel(minimum))));

    /// <summary>Adds the output.</summary>
    public static void AddTo(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.UseUtcTimestamp = true;
            format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            format.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
