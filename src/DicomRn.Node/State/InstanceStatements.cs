using Microsoft.Data.Sqlite;

namespace DicomRn.Node.State;

/// <summary>The prepared statement that writes an <see cref="InstanceRecord"/>.</summary>
internal sealed class InstanceStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _insert = InstanceRecorder.Command(
        connection,
        """
        INSERT INTO Instances (SopInstanceUid, SopClassUid, StudyInstanceUid, SeriesInstanceUid, TransferSyntaxUid,
            Path, Size, DataSetHash, DataSetOffset, SourceAeTitle, ReceivedAt, IsOwnResult)
        VALUES (@sop, @class, @study, @series, @syntax, @path, @size, @hash, @offset, @source, @at, @own)
        ON CONFLICT DO NOTHING
        """,
        "@sop", "@class", "@study", "@series", "@syntax", "@path", "@size", "@hash", "@offset", "@source", "@at", "@own");

    /// <summary>Whether the row was written; false when there is one for its SOP Instance UID.</summary>
    public bool Insert(InstanceRecord instance)
    {
        SqliteParameterCollection p = _insert.Parameters;
        p[0].Value = instance.SopInstanceUid;
        p[1].Value = instance.SopClassUid;
        p[2].Value = instance.StudyInstanceUid;
        p[3].Value = instance.SeriesInstanceUid;
        p[4].Value = instance.TransferSyntaxUid;
        p[5].Value = instance.Path;
        p[6].Value = instance.Size;
        p[7].Value = instance.DataSetHash;
        p[8].Value = instance.DataSetOffset;
        p[9].Value = instance.SourceAeTitle;
        p[10].Value = instance.ReceivedAt.ToUnixTimeMilliseconds();
        p[11].Value = instance.IsOwnResult;
        return _insert.ExecuteNonQuery() == 1;
    }

    public void Dispose() => _insert.Dispose();
}
