namespace DicomRn.Node.Receiving.Log;

/// <summary>How far a <see cref="LogRecord"/> is.</summary>
internal enum LogRecordState
{
    /// <summary>Written, not yet synced.</summary>
    Appended,

    /// <summary>Durable.</summary>
    Synced,

    /// <summary>Its sync failed: nobody was told of a success, and nobody will be.</summary>
    Void,
}
