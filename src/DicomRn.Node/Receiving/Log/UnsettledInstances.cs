using System.Collections.Concurrent;

namespace DicomRn.Node.Receiving.Log;

/// <summary>What is in the log and not in the store, by instance and by study.</summary>
internal sealed class UnsettledInstances
{
    private readonly ConcurrentDictionary<string, LogRecord> _latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _studies = new(StringComparer.Ordinal);

    /// <summary>The latest record of an instance; null for none.</summary>
    public LogRecord? Find(string sopInstanceUid) => _latest.GetValueOrDefault(sopInstanceUid);

    /// <summary>Whether a study has instances that are not in the store yet.</summary>
    public bool HasStudy(string studyInstanceUid) => _studies.ContainsKey(studyInstanceUid);

    public void Add(LogRecord record)
    {
        InstanceIdentity identity = record.Instance.Identity;
        _latest[identity.SopInstanceUid] = record;
        _studies.AddOrUpdate(identity.StudyInstanceUid, 1, (_, count) => count + 1);
    }

    /// <summary>Takes a record out. Not to be called by two at once.</summary>
    public void Remove(LogRecord record)
    {
        InstanceIdentity identity = record.Instance.Identity;
        _latest.TryRemove(KeyValuePair.Create(identity.SopInstanceUid, record));
        if (_studies.AddOrUpdate(identity.StudyInstanceUid, 0, (_, count) => count - 1) <= 0)
            _studies.TryRemove(KeyValuePair.Create(identity.StudyInstanceUid, 0));
    }
}
