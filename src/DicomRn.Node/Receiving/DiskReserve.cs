using DicomRn.Node.State;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>Keeps a part of the disk free: see <see cref="DiskReserveOptions"/>. Asks the system once a second at most.</summary>
internal sealed class DiskReserve
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Func<(long Free, long Total)> _read;
    private readonly DiskReserveOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DiskReserve> _logger;
    private long _readAt;
    private bool _isRead;
    private volatile bool _isTouched;

    public DiskReserve(DataFolders folders, DiskReserveOptions options, TimeProvider timeProvider, ILogger<DiskReserve> logger)
        : this(() => Read(folders.Root), options, timeProvider, logger)
    {
    }

    /// <param name="read">Free and total bytes of the disk.</param>
    /// <param name="options">How much stays free.</param>
    /// <param name="timeProvider">Tells when a second is over.</param>
    /// <param name="logger">Told when the reserve is touched, and when it is there again.</param>
    public DiskReserve(
        Func<(long Free, long Total)> read, DiskReserveOptions options, TimeProvider timeProvider, ILogger<DiskReserve> logger)
    {
        _read = read;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Refuses an instance when less is free than has to be.</summary>
    /// <exception cref="IOException">So it is.</exception>
    public void Demand()
    {
        if (IsTouchedNow())
            throw DiskSpace.Exhausted("less of the disk is free than Receiving:DiskReserve demands");
    }

    /// <summary>Whether less is free than has to be, by a look that is not older than a second.</summary>
    public bool IsTouchedNow()
    {
        lock (_lock)
            if (!_isRead || _timeProvider.GetElapsedTime(_readAt) >= Validity)
                Look();
        return _isTouched;
    }

    private void Look()
    {
        (long free, long total) = _read();
        _readAt = _timeProvider.GetTimestamp();
        _isRead = true;
        long demanded = Math.Max(_options.Bytes, (long)(total * (_options.Percent / 100)));
        bool touched = free < demanded;
        if (touched == _isTouched)
            return;
        _isTouched = touched;
        if (touched)
            ReceivingLog.DiskReserveTouched(_logger, free, demanded);
        else
            ReceivingLog.DiskReserveFree(_logger, free);
    }

    private static (long Free, long Total) Read(string folder)
    {
        DriveInfo disk = new(folder);
        return (disk.AvailableFreeSpace, disk.TotalSize);
    }
}
