using DicomRn.Node.Pipeline;
using Microsoft.Data.Sqlite;

namespace DicomRn.Node.State;

/// <summary>The prepared statements that read and write a <see cref="StudyRecord"/> while instances are recorded.</summary>
internal sealed class StudyStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _read = InstanceRecorder.Command(
        connection,
        """
        SELECT State, Step, Outcome, ReasonCode, Reason, WhatToDo, Revision, Attempts, InstanceCount, FirstInstanceAt,
            LastInstanceAt, DueAt, PatientKey, HasPatientMismatch, ChangedAt, Version
        FROM Studies WHERE StudyInstanceUid = @study
        """,
        "@study");

    private readonly SqliteCommand _write = InstanceRecorder.Command(
        connection,
        """
        INSERT INTO Studies (StudyInstanceUid, State, Step, Outcome, ReasonCode, Reason, WhatToDo, Revision, Attempts,
            InstanceCount, FirstInstanceAt, LastInstanceAt, DueAt, PatientKey, HasPatientMismatch, ChangedAt, Version)
        VALUES (@study, @state, @step, @outcome, @code, @reason, @todo, @revision, @attempts,
            @count, @first, @last, @due, @patient, @mismatch, @changed, @version)
        ON CONFLICT (StudyInstanceUid) DO UPDATE SET State = excluded.State, Step = excluded.Step,
            Outcome = excluded.Outcome, ReasonCode = excluded.ReasonCode, Reason = excluded.Reason,
            WhatToDo = excluded.WhatToDo, Revision = excluded.Revision, Attempts = excluded.Attempts,
            InstanceCount = excluded.InstanceCount, FirstInstanceAt = excluded.FirstInstanceAt,
            LastInstanceAt = excluded.LastInstanceAt, DueAt = excluded.DueAt, PatientKey = excluded.PatientKey,
            HasPatientMismatch = excluded.HasPatientMismatch, ChangedAt = excluded.ChangedAt, Version = excluded.Version
        """,
        "@study", "@state", "@step", "@outcome", "@code", "@reason", "@todo", "@revision", "@attempts",
        "@count", "@first", "@last", "@due", "@patient", "@mismatch", "@changed", "@version");

    /// <summary>The study's row, or null.</summary>
    public StudyRecord? Read(string studyInstanceUid)
    {
        _read.Parameters[0].Value = studyInstanceUid;
        using SqliteDataReader row = _read.ExecuteReader();
        if (!row.Read())
            return null;
        StudyRecord study = new()
        {
            StudyInstanceUid = studyInstanceUid,
            Step = row.IsDBNull(1) ? null : Enum.Parse<StudyStep>(row.GetString(1)),
            Outcome = row.IsDBNull(2) ? null : Enum.Parse<StudyOutcome>(row.GetString(2)),
            ReasonCode = Text(row, 3),
            Reason = Text(row, 4),
            WhatToDo = Text(row, 5),
            Revision = row.GetInt32(6),
            Attempts = row.GetInt32(7),
            InstanceCount = row.GetInt32(8),
            FirstInstanceAt = Time(row, 9),
            LastInstanceAt = Time(row, 10),
            DueAt = row.IsDBNull(11) ? null : Time(row, 11),
            PatientKey = row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12),
            HasPatientMismatch = row.GetBoolean(13),
            ChangedAt = Time(row, 14),
            Version = row.GetInt64(15),
        };
        study.Restore(Enum.Parse<StudyState>(row.GetString(0)));
        return study;
    }

    /// <summary>Writes the study's row, new or not.</summary>
    public void Write(StudyRecord study)
    {
        SqliteParameterCollection p = _write.Parameters;
        p[0].Value = study.StudyInstanceUid;
        p[1].Value = study.State.ToString();
        p[2].Value = OrNull(study.Step?.ToString());
        p[3].Value = OrNull(study.Outcome?.ToString());
        p[4].Value = OrNull(study.ReasonCode);
        p[5].Value = OrNull(study.Reason);
        p[6].Value = OrNull(study.WhatToDo);
        p[7].Value = study.Revision;
        p[8].Value = study.Attempts;
        p[9].Value = study.InstanceCount;
        p[10].Value = study.FirstInstanceAt.ToUnixTimeMilliseconds();
        p[11].Value = study.LastInstanceAt.ToUnixTimeMilliseconds();
        p[12].Value = OrNull(study.DueAt?.ToUnixTimeMilliseconds());
        p[13].Value = OrNull(study.PatientKey);
        p[14].Value = study.HasPatientMismatch;
        p[15].Value = study.ChangedAt.ToUnixTimeMilliseconds();
        p[16].Value = study.Version;
        _write.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static object OrNull(object? value) => value ?? DBNull.Value;
}
