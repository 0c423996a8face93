using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// The log that makes an instance durable before it has its place in the store: the section <c>Receiving:Log</c>.
/// </summary>
public sealed class InstanceLogOptions : IValidatedSettings
{
    /// <summary>
    /// The length of a file of the log in bytes; it is written to its end once, when it is created. An instance that is larger gets a
    /// file of its own. Default 67,108,864.
    /// </summary>
    public int SegmentSize { get; set; } = 64 << 20;

    /// <summary>
    /// How many files the log may have; they are created when they are needed. When all are full, senders wait until instances have
    /// their place in the store. Default 8.
    /// </summary>
    public int Segments { get; set; } = 8;

    /// <summary>
    /// Instances gather in the log and get their place in the store together, when for so long no further one has come, or
    /// half of the log is full: while instances come, the disk is theirs. Zero gives each its place at once. Default 0.2 s.
    /// </summary>
    public TimeSpan SettleDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long instances gather at most where they come without a pause. Default 5 s.</summary>
    public TimeSpan LongestSettleDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(SegmentSize), SegmentSize, 65_536, 1 << 30);
        if (SegmentSize % LogRecordHeader.Alignment != 0)
            errors.Add(nameof(SegmentSize), SegmentSize, "no multiple of a page", $"a multiple of {LogRecordHeader.Alignment}");
        errors.RequireRange(nameof(Segments), Segments, 2, 1_000);
        errors.RequireRange(nameof(SettleDelay), SettleDelay, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        errors.RequireRange(nameof(LongestSettleDelay), LongestSettleDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
