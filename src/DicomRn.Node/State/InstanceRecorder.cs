using Microsoft.Data.Sqlite;

namespace DicomRn.Node.State;

/// <summary>
/// Records instances, many in one transaction. Prepared statements instead of EF Core: this runs once per instance
/// received, and its cost would otherwise exceed that of receiving it.
/// </summary>
internal sealed class InstanceRecorder : IDisposable
{
    private readonly Dictionary<string, StudyRecord> _touched = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly InstanceStatements _instances;
    private readonly StudyStatements _studies;

    public InstanceRecorder(SqliteConnection connection)
    {
        _begin = Command(connection, "BEGIN IMMEDIATE");
        _commit = Command(connection, "COMMIT");
        _rollback = Command(connection, "ROLLBACK");
        _instances = new InstanceStatements(connection);
        _studies = new StudyStatements(connection);
    }

    /// <summary>Stores all receipts or, when it throws, none; sets the outcome of each.</summary>
    public IReadOnlyList<StudyChanged> Record(IReadOnlyList<Receipt> receipts, DateTimeOffset now)
    {
        List<StudyChanged> changes = [];
        _touched.Clear();
        _begin.ExecuteNonQuery();
        try
        {
            foreach (Receipt receipt in receipts)
            {
                bool isNew = _instances.Insert(receipt.Instance.Instance);
                receipt.Outcome = isNew ? ReceiptOutcome.Recorded : ReceiptOutcome.AlreadyKnown;
                if (isNew && !receipt.Instance.Instance.IsOwnResult)
                    Touch(receipt.Instance, now, changes);
            }

            foreach (StudyRecord study in _touched.Values)
                _studies.Write(study);
            _commit.ExecuteNonQuery();
            return changes;
        }
        catch
        {
            _rollback.ExecuteNonQuery();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _instances.Dispose();
        _studies.Dispose();
    }

    private void Touch(InstanceReceipt receipt, DateTimeOffset now, List<StudyChanged> changes)
    {
        string uid = receipt.Instance.StudyInstanceUid;
        if (!_touched.TryGetValue(uid, out StudyRecord? study))
        {
            study = _studies.Read(uid);
            _touched[uid] = study ??= NewStudy(receipt, now, changes);
        }

        Arrive(study, receipt, now, changes);
    }

    /// <summary>
    /// What a new instance means for its study: the timer starts anew, and one that had left assembly is re-opened. The timers
    /// count from the reception, however long the instance was on its way to here.
    /// </summary>
    internal static void Arrive(StudyRecord study, InstanceReceipt receipt, DateTimeOffset now, List<StudyChanged> changes)
    {
        DateTimeOffset receivedAt = receipt.Instance.ReceivedAt;
        if (study.State != StudyState.Assembling)
            Reopen(study, receivedAt, now, changes);
        study.InstanceCount++;
        study.LastInstanceAt = Later(study.LastInstanceAt, receivedAt);
        study.DueAt = Earlier(study.LastInstanceAt + receipt.QuietPeriod, study.FirstInstanceAt + receipt.HardMaximum);
        study.Version++;
        if (study.PatientKey is null)
            study.PatientKey = receipt.PatientKey;
        else if (receipt.PatientKey is not null && PatientKey.Contradict(study.PatientKey, receipt.PatientKey))
            study.HasPatientMismatch = true;
        else if (receipt.PatientKey?.Length > study.PatientKey.Length)
            study.PatientKey = receipt.PatientKey;
    }

    /// <summary>The study of its first instance.</summary>
    internal static StudyRecord NewStudy(InstanceReceipt receipt, DateTimeOffset now, List<StudyChanged> changes)
    {
        StudyRecord study = new()
        {
            StudyInstanceUid = receipt.Instance.StudyInstanceUid,
            Revision = 1,
            FirstInstanceAt = receipt.Instance.ReceivedAt,
            ChangedAt = now,
        };
        changes.Add(StudyChanged.Of(study, null, now));
        return study;
    }

    private static void Reopen(StudyRecord study, DateTimeOffset receivedAt, DateTimeOffset now, List<StudyChanged> changes)
    {
        StudyState from = study.State;
        study.MoveTo(StudyState.Assembling, now);
        study.Revision++;
        study.Attempts = 0;
        study.Outcome = null;
        study.FirstInstanceAt = receivedAt;
        changes.Add(StudyChanged.Of(study, from, now));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    internal static SqliteCommand Command(SqliteConnection connection, string text, params string[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach (string parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        command.Prepare();
        return command;
    }
}
