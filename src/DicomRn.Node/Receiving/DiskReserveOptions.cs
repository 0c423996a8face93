using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Receiving;

/// <summary>
/// What stays free of the disk of the data directory: the section <c>Receiving:DiskReserve</c>. With less, instances are refused as
/// out of resources (A700), which senders repeat later; all else goes on.
/// </summary>
public sealed class DiskReserveOptions : IValidatedSettings
{
    /// <summary>Part of the disk, in percent. Default 2.</summary>
    public double Percent { get; set; } = 2;

    /// <summary>Bytes; the larger of the two counts. Default 536,870,912.</summary>
    public long Bytes { get; set; } = 512L << 20;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(Percent), Percent, 0, 90);
        errors.RequireRange(nameof(Bytes), Bytes, 0, 1L << 50);
    }
}
