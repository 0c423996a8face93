using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// Takes audit messages from anybody, at once, and writes them to <see cref="AuditFiles"/> in the background. What cannot be
/// written is tried again until it can, or the program ends.
/// </summary>
internal sealed class AuditTrail : IAsyncDisposable
{
    private const int LargestBatch = 1000;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly Channel<(Func<string>? Line, TaskCompletionSource? Flushed)> _queue =
        Channel.CreateUnbounded<(Func<string>?, TaskCompletionSource?)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly AuditOptions _options;
    private readonly AuditFiles _files;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<AuditTrail> _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly string _sourceId;
    private readonly Task _writing;

    public AuditTrail(
        AuditOptions options, NodeOptions node, AuditFiles files, TimeProvider timeProvider, ILogger<AuditTrail> logger)
    {
        _options = options;
        _files = files;
        _timeProvider = timeProvider;
        _logger = logger;
        _sourceId = options.SourceIdOf(node);
        _writing = options.Enabled ? Task.Run(WriteAsync) : Task.CompletedTask;
    }

    /// <summary>Told when messages were written.</summary>
    public event Action? Written;

    /// <summary>Adds a message. Never waits; what is posted after the end is dropped.</summary>
    public void Post(AuditMessage message)
    {
        DateTimeOffset at = _timeProvider.GetUtcNow();
        Post(() => AuditXml.Write(message, at, _sourceId, _options.SiteId));
    }

    /// <summary>Adds a message that is written already.</summary>
    public void PostWritten(string line) => Post(() => line);

    /// <summary>Waits until everything posted so far is in the files, durably.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_options.Enabled && _queue.Writer.TryWrite((null, flushed)))
            await flushed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is left, once.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ending.CancelAsync();
        await _writing;
        _ending.Dispose();
        _files.Dispose();
    }

    private async Task WriteAsync()
    {
        List<string> lines = [];
        List<TaskCompletionSource> flushes = [];
        while (await _queue.Reader.WaitToReadAsync())
        {
            lines.Clear();
            flushes.Clear();
            while (lines.Count < LargestBatch && _queue.Reader.TryRead(out var next))
            {
                if (next.Line is { } line)
                    lines.Add(line());
                if (next.Flushed is { } flushed)
                    flushes.Add(flushed);
            }

            if (lines.Count > 0)
                await TryUntilDoneAsync(() => _files.Append(lines), lines.Count);
            if (flushes.Count > 0)
                await TryUntilDoneAsync(_files.Sync, lines.Count);
            flushes.ForEach(flushed => flushed.TrySetResult());
            Written?.Invoke();
        }
    }

    private void Post(Func<string> line)
    {
        if (_options.Enabled)
            _queue.Writer.TryWrite((line, null));
    }

    private async Task TryUntilDoneAsync(Action write, int count)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                AuditLog.NotWritten(_logger, count, _files.Folder, e.Message);
                if (_ending.IsCancellationRequested)
                    return;
                await Task.Delay(RetryDelay, _timeProvider, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
