using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Receiving;

/// <summary>How instances are received: the section <c>Receiving</c>.</summary>
public sealed class ReceivingOptions : IValidatedSettings
{
    /// <summary>How many associations may be open at once; further ones are rejected as a passing condition. Default 32.</summary>
    public int MaximumAssociations { get; set; } = 32;

    /// <summary>The largest PDU the node asks for, in bytes. Default 262,144.</summary>
    public int MaximumPduLength { get; set; } = 262_144;

    /// <summary>
    /// An instance up to this size, in bytes, waits in memory for its end, per association; a larger one goes to a
    /// temporary file as it comes. Default 1,048,576.
    /// </summary>
    public int MemoryPerInstance { get; set; } = 1_048_576;

    /// <summary>
    /// How many instances a sender that asks for it may have unacknowledged on one association (asynchronous operations window,
    /// PS3.7 D.3.3.3): the next ones arrive while the earlier ones are made durable. Each takes up to
    /// <see cref="MemoryPerInstance"/>. Default 1, one after the other.
    /// </summary>
    public int OperationsAtOnce { get; set; } = 1;

    /// <summary>The log that makes an instance durable before it has its place in the store.</summary>
    public InstanceLogOptions Log { get; set; } = new();

    /// <summary>What stays free of the disk.</summary>
    public DiskReserveOptions DiskReserve { get; set; } = new();

    /// <summary>What a data set may demand of the machine that reads it.</summary>
    public ReadLimitsOptions ReadLimits { get; set; } = new();

    /// <summary>
    /// Whether transfer syntaxes are accepted that may lose information (JPEG baseline and extended, JPEG-LS near-lossless, JPEG 2000 and
    /// HTJ2K with loss). Reports on such images say so. Default false.
    /// </summary>
    public bool AcceptLossy { get; set; }

    /// <summary>Whether Explicit VR Big Endian, retired in 2006, is accepted. Default false.</summary>
    public bool AcceptBigEndian { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(MaximumAssociations), MaximumAssociations, 1, 10_000);
        errors.RequireRange(nameof(MaximumPduLength), MaximumPduLength, 4_096, 16_777_216);
        errors.RequireRange(nameof(OperationsAtOnce), OperationsAtOnce, 1, 64);
        errors.RequireRange(nameof(MemoryPerInstance), MemoryPerInstance, 0, 268_435_456);
    }
}
