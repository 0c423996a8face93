namespace DicomRn.Node.State;

/// <summary>
/// The clock of the database, for nodes whose own clocks differ: this machine's time, corrected by what the last
/// transaction was told.
/// </summary>
internal sealed class DatabaseClock : TimeProvider
{
    private long _ahead;

    /// <summary>Told what the database's clock says now.</summary>
    public void Set(DateTimeOffset now) => Volatile.Write(ref _ahead, (now - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _ahead));
}
