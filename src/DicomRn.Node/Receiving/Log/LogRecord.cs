namespace DicomRn.Node.Receiving.Log;

/// <summary>An instance in the log, from when it is appended until it is settled.</summary>
internal sealed class LogRecord(long sequence, LoggedInstance instance, LogSegment segment, long contentOffset, uint contentCrc)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sequence => sequence;

    public LoggedInstance Instance => instance;

    public LogSegment Segment => segment;

    /// <summary>Where the Part-10 file begins in the segment.</summary>
    public long ContentOffset => contentOffset;

    public uint ContentCrc => contentCrc;

    /// <summary>Ends when the instance has its place; fails when settling does, which is tried again.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether it is durable, not yet, or will never be.</summary>
    public LogRecordState State { get; set; }

    public void EndSettling() => _settled.TrySetResult();
}
