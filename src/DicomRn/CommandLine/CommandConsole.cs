namespace DicomRn.CommandLine;

/// <summary>Where commands write: results to <see cref="Output"/>, all else to <see cref="Error"/>.</summary>
internal sealed class CommandConsole
{
    private readonly TerminalProgress? _terminal;

    /// <param name="output">Results.</param>
    /// <param name="error">Messages.</param>
    /// <param name="terminal">Draws progress; null where nobody watches, which makes progress silent.</param>
    public CommandConsole(TextWriter output, TextWriter error, TerminalProgress? terminal = null)
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
    public static CommandConsole ForProcess() =>
        new(Console.Out, Console.Error, Console.IsErrorRedirected ? null : new TerminalProgress());

    /// <summary>Does long work under a progress bar, which is silent when stderr is redirected.</summary>
    /// <param name="what">The work, in a few words.</param>
    /// <param name="work">Reports the fraction done, 0 to 1, whenever it likes.</param>
    public Task<T> TrackAsync<T>(string what, Func<IProgress<double>, Task<T>> work) =>
        _terminal is null ? work(new Unseen<double>()) : _terminal.TrackAsync(what, work);

    /// <summary>Does work of unknown length under a spinner whose text the work changes, silent when stderr is redirected.</summary>
    /// <param name="what">The first text.</param>
    /// <param name="work">Reports what it is doing now.</param>
    public Task<T> WatchAsync<T>(string what, Func<IProgress<string>, Task<T>> work) =>
        _terminal is null ? work(new Unseen<string>()) : _terminal.WatchAsync(what, work);

    private sealed class Unseen<T> : IProgress<T>
    {
        public void Report(T value)
        {
        }
    }
}
