using Spectre.Console;

namespace DicomRn.CommandLine;

/// <summary>Draws progress on stderr. A type of its own: a command that nobody watches does not load the library that draws.</summary>
internal sealed class TerminalProgress
{
    private readonly IAnsiConsole _terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <inheritdoc cref="CommandConsole.TrackAsync"/>
    public Task<T> TrackAsync<T>(string what, Func<IProgress<double>, Task<T>> work) => _terminal.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context => work(new FractionSink(context.AddTask(Markup.Escape(what), maxValue: 1))));

    /// <inheritdoc cref="CommandConsole.WatchAsync"/>
    public Task<T> WatchAsync<T>(string what, Func<IProgress<string>, Task<T>> work) =>
        _terminal.Status().StartAsync(Markup.Escape(what), context => work(new TextSink(context)));

    // Not System.Progress<T>: that one reports from the thread pool, late and out of order.
    private sealed class FractionSink(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value(Math.Clamp(value, 0, 1));
    }

    private sealed class TextSink(StatusContext context) : IProgress<string>
    {
        public void Report(string value) => context.Status(Markup.Escape(value));
    }
}
