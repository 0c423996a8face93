using System.Collections.Concurrent;
using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Support;

/// <summary>A place for instances that keeps their bytes, and fails when the test says so.</summary>
internal sealed class MemorySettlement : ISettlement
{
    private TaskCompletionSource? _gate;

    /// <summary>The instances that have their place, by SOP Instance UID.</summary>
    public ConcurrentDictionary<string, byte[]> Stored { get; } = new(StringComparer.Ordinal);

    /// <summary>How many instances are still placed before it fails; null for all.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>Nothing is settled until <see cref="Unlock"/>.</summary>
    public void Lock() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Unlock() => Interlocked.Exchange(ref _gate, null)?.SetResult();

    public async Task SettleAsync(string inbox, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        if (_gate is { } gate)
            await gate.Task.WaitAsync(cancellationToken);
        foreach (LogRecord record in records)
        {
            if (FailsAfter is { } left)
            {
                if (left == 0)
                    throw new IOException("The disk is full.");
                FailsAfter = left - 1;
            }

            byte[] content = new byte[record.Instance.Size];
            InstanceLog.Read(record, content);
            Stored[record.Instance.Identity.SopInstanceUid] = content;
        }
    }
}
