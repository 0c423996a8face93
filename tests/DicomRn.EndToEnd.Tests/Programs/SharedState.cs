using Npgsql;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Looks into the database that nodes share, past the program.</summary>
internal sealed class SharedState(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    /// <summary>How many studies are in each state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> StudiesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("""SELECT "State", count(*) FROM "Studies" GROUP BY 1""", row => (row.GetString(0), row.GetInt64(1)), cancellationToken))
        .ToDictionary(row => row.Item1, row => row.Item2);

    /// <summary>The received instances.</summary>
    public Task<List<StoredInstance>> InstancesAsync(CancellationToken cancellationToken) => ReadAsync(
        """SELECT "SopInstanceUid", "Path", "DataSetOffset", "DataSetHash" FROM "Instances" """,
        row => new StoredInstance(row.GetString(0), row.GetString(1), row.GetInt32(2), Convert.ToHexString(row.GetFieldValue<byte[]>(3))),
        cancellationToken);

    /// <summary>SOP Instance UIDs of all results.</summary>
    public Task<List<string>> ResultsAsync(CancellationToken cancellationToken) =>
        ReadAsync("""SELECT "SopInstanceUid" FROM "Results" """, row => row.GetString(0), cancellationToken);

    /// <summary>The names of the nodes.</summary>
    public Task<List<string>> NodesAsync(CancellationToken cancellationToken) =>
        ReadAsync("""SELECT "Name" FROM "Nodes" ORDER BY 1""", row => row.GetString(0), cancellationToken);

    /// <summary>What a node has leases of, as <c>KIND RESOURCE</c>.</summary>
    public Task<List<string>> LeasesAsync(string node, CancellationToken cancellationToken) => ReadAsync(
        $"""SELECT "Kind" || ' ' || "Resource" FROM "Leases" WHERE "Owner" = '{node}'""", row => row.GetString(0), cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<List<T>> ReadAsync<T>(string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = _source.CreateCommand(query);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        List<T> result = [];
        while (await rows.ReadAsync(cancellationToken))
            result.Add(read(rows));
        return result;
    }
}

/// <summary>A received instance as the database has it.</summary>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="Path">Its file, relative to the data directory.</param>
/// <param name="DataSetOffset">Where the data set starts in it.</param>
/// <param name="DataSetHash">SHA-256 of the data set.</param>
internal sealed record StoredInstance(string SopInstanceUid, string Path, int DataSetOffset, string DataSetHash);
