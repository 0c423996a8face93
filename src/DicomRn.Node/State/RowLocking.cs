namespace DicomRn.Node.State;

/// <summary>How a transition keeps clear of those of other nodes on the same database. On SQLite there are none.</summary>
internal enum RowLocking
{
    /// <summary>As if it ran alone: what it read is unchanged when it commits, or it is repeated. For all that says nothing else.</summary>
    Whole,

    /// <summary>It locks the rows it takes itself (<see cref="RowLocks"/>), and rereads what else it needs after that.</summary>
    Explicit,
}
