namespace DicomRn.Node.Receiving.Log;

/// <summary>Where instances have their place when they leave the log.</summary>
internal interface ISettlement
{
    /// <summary>
    /// Gives instances their place, durably on return. Those that have it already stay as they are: after a crash or a failure
    /// all of it is repeated.
    /// </summary>
    /// <param name="inbox">See <see cref="InstanceLog.Inbox"/>.</param>
    /// <param name="records">The instances, in the order in which they came.</param>
    /// <param name="cancellationToken">Ends it between two instances.</param>
    /// <exception cref="Exception">It cannot be done now, or not for good: nothing is known of any of the instances.</exception>
    Task SettleAsync(string inbox, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken);
}
