using DicomRn.Node.Administration.Audit;
using DicomRn.Node.State;

namespace DicomRn.Node.Receiving;

/// <summary>What happened on one association, for history and audit trail. Filled while it lasts, read when it has ended.</summary>
internal sealed class AssociationAccount
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StudyTally> _studies = new(StringComparer.Ordinal);

    public required string CallingAeTitle { get; init; }

    public required string CalledAeTitle { get; init; }

    /// <summary>The address it came from.</summary>
    public required string Host { get; init; }

    public required bool IsSecured { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; set; }

    public AssociationEnd End { get; set; } = AssociationEnd.Lost;

    /// <summary>Why it was rejected, aborted or lost.</summary>
    public string? Reason { get; set; }

    /// <summary>How many instances were answered with a success or warning.</summary>
    public int Stored { get; private set; }

    /// <summary>How many instances were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>The studies of what was stored.</summary>
    public IReadOnlyCollection<StudyTally> Studies => _studies.Values;

    /// <summary>Counts an instance that was answered.</summary>
    /// <param name="identity">What it is; null where that could not be read.</param>
    /// <param name="status">The answer.</param>
    public void Count(InstanceIdentity? identity, DicomStatus status)
    {
        lock (_lock)
        {
            if (identity is null || status.State is not (DicomState.Success or DicomState.Warning))
            {
                Refused++;
                return;
            }

            Stored++;
            if (!_studies.TryGetValue(identity.StudyInstanceUid, out StudyTally? study))
                _studies[identity.StudyInstanceUid] = study = new StudyTally(
                    identity.StudyInstanceUid, AuditPatient.WithId(identity.PatientId));
            study.Count(identity.SopClassUid);
        }
    }
}

/// <summary>What of one study came on an association.</summary>
internal sealed class StudyTally(string studyInstanceUid, AuditPatient patient)
{
    private readonly Dictionary<string, int> _sopClasses = new(StringComparer.Ordinal);

    public string StudyInstanceUid => studyInstanceUid;

    /// <summary>The patient that its first instance names.</summary>
    public AuditPatient Patient => patient;

    /// <summary>Instances by SOP class UID.</summary>
    public IReadOnlyDictionary<string, int> SopClasses => _sopClasses;

    internal void Count(string sopClassUid) => _sopClasses[sopClassUid] = _sopClasses.GetValueOrDefault(sopClassUid) + 1;
}
