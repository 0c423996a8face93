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

    private readonly Channel<(AuditMessage? Message, DateTimeOffset At, TaskCompletionSource? Flushed)> _queue =
        Channel.CreateUnbounded<(AuditMessage?, DateTimeOffset, TaskCompletionSource?)>(new UnboundedChannelOptions { SingleReader = true });

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
        _sourceId = options.SourceId is { Length: > 0 } given ? given : $"{node.AeTitle}@{System.Net.Dns.GetHostName()}";
        _writing = options.Enabled ? Task.Run(WriteAsync) : Task.CompletedTask;
    }

    /// <summary>Told when messages were written.</summary>
    public event Action? Written;

    /// <summary>Adds a message. Never waits; what is posted after the end is dropped.</summary>
    public void Post(AuditMessage message)
    {
        if (_options.Enabled)
            _queue.Writer.TryWrite((message, _timeProvider.GetUtcNow(), null));
    }

    /// <summary>Waits until everything posted so far is in the files.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_options.Enabled && _queue.Writer.TryWrite((null, default, flushed)))
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
                if (next.Message is { } message)
                    lines.Add(AuditXml.Write(message, next.At, _sourceId, _options.SiteId));
                if (next.Flushed is { } flushed)
                    flushes.Add(flushed);
            }

            if (lines.Count > 0)
                await AppendAsync(lines);
            flushes.ForEach(flushed => flushed.TrySetResult());
            Written?.Invoke();
        }
    }

    private async Task AppendAsync(List<string> lines)
    {
        while (true)
        {
            try
            {
                _files.Append(lines);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                AuditLog.NotWritten(_logger, lines.Count, _files.Folder, e.Message);
                if (_ending.IsCancellationRequested)
                    return;
                await Task.Delay(RetryDelay, _timeProvider, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
