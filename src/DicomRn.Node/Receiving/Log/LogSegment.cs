namespace DicomRn.Node.Receiving.Log;

/// <summary>A file of the log. Guarded by the log's lock, but for <see cref="IsDoubtful"/>.</summary>
internal sealed class LogSegment(string name, ILogFile file)
{
    private volatile bool _isDoubtful;

    public string Name => name;

    public ILogFile File => file;

    /// <summary>Where the next record begins.</summary>
    public long Tail { get; set; }

    /// <summary>How many of its records are not settled.</summary>
    public int Unsettled { get; set; }

    /// <summary>A write or a sync failed: it takes no more records, and is removed instead of used again.</summary>
    public bool IsWorn { get; set; }

    /// <summary>
    /// A sync failed. The system may take the pages for clean now, so that another sync would succeed without writing them:
    /// none of those records is acknowledged any more.
    /// </summary>
    public bool IsDoubtful
    {
        get => _isDoubtful;
        set => _isDoubtful = value;
    }
}
