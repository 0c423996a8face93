using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DicomRn.Node.State;

/// <summary>
/// Finds the record of an instance by its UID. A prepared statement instead of EF Core: this runs once per instance received,
/// before it is acknowledged.
/// </summary>
internal sealed class InstanceLookup(string connectionString) : IDisposable
{
    private readonly ConcurrentBag<SqliteCommand> _idle = [];

    /// <summary>The record; null for none.</summary>
    public InstanceRecord? Find(string sopInstanceUid)
    {
        if (!_idle.TryTake(out SqliteCommand? command))
            command = Open();
        try
        {
            command.Parameters[0].Value = sopInstanceUid;
            using SqliteDataReader row = command.ExecuteReader();
            return row.Read() ? Read(row) : null;
        }
        finally
        {
            _idle.Add(command);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out SqliteCommand? command))
        {
            command.Connection!.Dispose();
            command.Dispose();
        }
    }

    private SqliteCommand Open()
    {
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
            return InstanceRecorder.Command(
                connection,
                """
                SELECT SopInstanceUid, SopClassUid, StudyInstanceUid, SeriesInstanceUid, TransferSyntaxUid,
                    Path, Size, DataSetHash, DataSetOffset, SourceAeTitle, ReceivedAt, IsOwnResult
                FROM Instances WHERE SopInstanceUid = @sop
                """,
                "@sop");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static InstanceRecord Read(DbDataReader row) => new()
    {
        SopInstanceUid = row.GetString(0),
        SopClassUid = row.GetString(1),
        StudyInstanceUid = row.GetString(2),
        SeriesInstanceUid = row.GetString(3),
        TransferSyntaxUid = row.GetString(4),
        Path = row.GetString(5),
        Size = row.GetInt64(6),
        DataSetHash = row.GetFieldValue<byte[]>(7),
        DataSetOffset = row.GetInt32(8),
        SourceAeTitle = row.GetString(9),
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        IsOwnResult = row.GetBoolean(11),
    };
}
