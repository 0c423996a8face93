using Spectre.Console;

namespace DicomRn.CommandLine;

/// <summary>Where commands write: results to <see cref="Output"/>, all else to <see cref="Error"/>.</summary>
internal sealed class CommandConsole
{
    private readonly IAnsiConsole? _terminal;

    /// <param name="output">Results.</param>
    /// <param name="error">Messages.</param>
    /// <param name="terminal">Draws progress; null where nobody watches, which makes progress silent.</param>
    public CommandConsole(TextWriter output, TextWriter error, IAnsiConsole? terminal = null)
    {
        Output = output;
        Error = error;
        _terminal = terminal;
    }

    /// <summary>The results, and nothing but the results, so that they can be piped.</summary>
    public TextWriter Output { get; }

    /// <summary>Messages, logs and progress.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether progress is drawn: stderr is a terminal.</summary>
    public bool IsWatched => _terminal is not null;

    /// <summary>The streams of this process; progress is drawn on stderr when that is a terminal.</summary>
    public static CommandConsole ForProcess() => new(
        Console.Out,
        Console.Error,
        Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>Does long work under a progress bar, which is silent when stderr is redirected.</summary>
    /// <param name="what">The work, in a few words.</param>
    /// <param name="work">Reports the fraction done, 0 to 1, whenever it likes.</param>
    public async Task<T> TrackAsync<T>(string what, Func<IProgress<double>, Task<T>> work)
    {
        if (_terminal is null)
            return await work(new FractionSink(null));
        return await _terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new FractionSink(context.AddTask(Markup.Escape(what), maxValue: 1))));
    }

    /// <summary>Does work of unknown length under a spinner whose text the work changes, silent when stderr is redirected.</summary>
    /// <param name="what">The first text.</param>
    /// <param name="work">Reports what it is doing now.</param>
    public async Task<T> WatchAsync<T>(string what, Func<IProgress<string>, Task<T>> work)
    {
        if (_terminal is null)
            return await work(new TextSink(null));
        return await _terminal.Status().StartAsync(Markup.Escape(what), context => work(new TextSink(context)));
    }

    // Not System.Progress<T>: that one reports from the thread pool, late and out of order.
    private sealed class FractionSink(ProgressTask? task) : IProgress<double>
    {
        public void Report(double value) => task?.Value(Math.Clamp(value, 0, 1));
    }

    private sealed class TextSink(StatusContext? context) : IProgress<string>
    {
        public void Report(string value) => context?.Status(Markup.Escape(value));
    }
}
