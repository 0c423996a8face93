using Microsoft.Data.Sqlite;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Looks into a node's SQLite database, past the program.</summary>
internal sealed class NodeRecords
{
    private readonly string _connection;

    /// <param name="data">The data directory.</param>
    public NodeRecords(string data) : this(data, Database(data))
    {
    }

    private NodeRecords(string data, string database)
    {
        Data = data;
        _connection = new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 }.ToString();
    }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>A copy of the database of a node that was killed, as it lies there: the node finds its own untouched.</summary>
    public static NodeRecords Copy(string data, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder))
            File.Delete(old);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Database(data))!, "dicomrn.db*"))
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return new NodeRecords(data, Path.Combine(folder, "dicomrn.db"));
    }

    /// <summary>Whether the database has its tables.</summary>
    public async Task<bool> HasTablesAsync() =>
        (await ReadAsync("SELECT 1 FROM sqlite_master WHERE name = 'Deliveries'", row => row.GetInt32(0))).Count > 0;

    /// <summary>State and revision of each study.</summary>
    public async Task<Dictionary<string, (string State, int Revision)>> StudiesAsync() => (await ReadAsync(
        """SELECT "StudyInstanceUid", "State", "Revision" FROM "Studies" """, row => (row.GetString(0), row.GetString(1), row.GetInt32(2))))
        .ToDictionary(s => s.Item1, s => (s.Item2, s.Item3));

    /// <summary>The received instances.</summary>
    public Task<List<StoredInstance>> InstancesAsync() => ReadAsync(
        """SELECT "SopInstanceUid", "Path", "DataSetOffset", "DataSetHash" FROM "Instances" """,
        row => new StoredInstance(row.GetString(0), row.GetString(1), row.GetInt32(2), Convert.ToHexString(row.GetFieldValue<byte[]>(3))));

    /// <summary>How many instances are recorded.</summary>
    public async Task<int> CountInstancesAsync() => (await ReadAsync("""SELECT count(*) FROM "Instances" """, row => row.GetInt32(0)))[0];

    /// <summary>All results of all revisions: SOP Instance UID and absolute path.</summary>
    public Task<List<(string Sop, string Study, string Path)>> ResultsAsync() => ReadAsync(
        """SELECT "SopInstanceUid", "StudyInstanceUid", "Path" FROM "Results" """, row => (row.GetString(0), row.GetString(1), row.GetString(2)));

    /// <summary>All deliveries: SOP Instance UID, destination, state.</summary>
    public Task<List<(string Sop, string Destination, string State)>> DeliveriesAsync() => ReadAsync(
        """SELECT "ResultSopInstanceUid", "Destination", "State" FROM "Deliveries" """, row => (row.GetString(0), row.GetString(1), row.GetString(2)));

    /// <summary>How many deliveries are not at their end.</summary>
    public async Task<int> CountOpenDeliveriesAsync() => (await ReadAsync(
        """SELECT count(*) FROM "Deliveries" WHERE "State" <> 'Delivered' """, row => row.GetInt32(0)))[0];

    /// <summary>The files that were fetched for studies, relative to the data directory.</summary>
    public Task<List<string>> FetchedAsync() => ReadAsync("""SELECT "Path" FROM "Fetched" """, row => row.GetString(0));

    /// <summary>The files that were set aside, relative to the data directory.</summary>
    public Task<List<string>> QuarantineAsync() => ReadAsync("""SELECT "Path" FROM "Quarantine" """, row => row.GetString(0));

    /// <summary>Deletions: the study, and whether it is finished.</summary>
    public Task<List<(string Study, bool IsFinished)>> DeletionsAsync() => ReadAsync(
        """SELECT "StudyInstanceUid", "FinishedAt" IS NOT NULL FROM "Deletions" WHERE "StudyInstanceUid" IS NOT NULL""",
        row => (row.GetString(0), row.GetBoolean(1)));

    /// <summary>The database of a data directory.</summary>
    public static string Database(string data) => Path.Combine(data, "state", "dicomrn.db");

    private async Task<List<T>> ReadAsync<T>(string query, Func<SqliteDataReader, T> read)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using SqliteConnection connection = new(_connection);
        await connection.OpenAsync(cancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        List<T> result = [];
        while (await rows.ReadAsync(cancellationToken))
            result.Add(read(rows));
        return result;
    }
}
