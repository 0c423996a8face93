using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A program that runs beside the test until it ends by itself or the test ends it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new(), _error = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _waits = [];
    private readonly Lock _lock = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>Everything written to stdout so far.</summary>
    public string Output => Read(_output);

    /// <summary>Everything written to stderr so far.</summary>
    public string Error => Read(_error);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its number in the system.</summary>
    public int Id => _process.Id;

    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, string workingFolder, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingFolder,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        Process process = new() { StartInfo = start };
        RunningProgram running = new(process);
        process.OutputDataReceived += (_, e) => running.Take(running._output, e.Data);
        process.ErrorDataReceived += (_, e) => running.Take(running._error, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits for a line on stdout or stderr, one already written included.</summary>
    /// <exception cref="InvalidOperationException">The program ended without writing it.</exception>
    /// <exception cref="TimeoutException">It did not write it in time.</exception>
    public async Task<string> LineAsync(string what, Func<string, bool> wanted, TimeSpan limit)
    {
        TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if ((_output + "\n" + _error).Split('\n').FirstOrDefault(wanted) is { } earlier)
                return earlier;
            _waits.Add((wanted, seen));
        }

        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task ended = _process.WaitForExitAsync(cancellationToken);
        try
        {
            await Task.WhenAny(seen.Task, ended).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {limit.TotalSeconds:F0} s in vain for: {what}.\n{Output}\n{Error}");
        }

        if (seen.Task.IsCompleted)
            return await seen.Task;
        throw new InvalidOperationException($"The program ended with {_process.ExitCode} before: {what}.\n{Output}\n{Error}");
    }

    /// <summary>Waits for the program to end by itself and returns its exit status.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program still runs after {limit.TotalSeconds:F0} s.\n{Output}\n{Error}");
        }

        return _process.ExitCode;
    }

    /// <summary>Suspends it (SIGSTOP), or lets it go on (SIGCONT).</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Ends it at once and without a chance to do anything more: SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private string Read(StringBuilder text)
    {
        lock (_lock)
            return text.ToString();
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            text.Append(line).Append('\n');
            foreach ((Func<string, bool> wanted, TaskCompletionSource<string> seen) in _waits)
            {
                if (wanted(line))
                    seen.TrySetResult(line);
            }
        }
    }
}
