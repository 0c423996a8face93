namespace DicomRn.Node.State;

/// <summary>Which database holds the state.</summary>
public enum StateProvider
{
    /// <summary>A file in the data directory, for one node.</summary>
    Sqlite,

    /// <summary>A server, which any number of nodes share with the data directory.</summary>
    PostgreSql,
}
