namespace DicomRn.Node.State;

/// <summary>What a transition works with: the tables, the time, and the list of what it changed.</summary>
/// <param name="Db">The tables; saved and committed when the transition returns.</param>
/// <param name="Now">The time of the transaction.</param>
/// <param name="Terms">On which terms this node takes leases.</param>
internal sealed record StateTransaction(NodeDbContext Db, DateTimeOffset Now, LeaseTerms Terms)
{
    private readonly List<StudyChanged> _changes = [];

    /// <summary>To be announced once the transaction is committed.</summary>
    public IReadOnlyList<StudyChanged> Changes => _changes;

    /// <summary>Moves a study and notes it for the announcement after the commit.</summary>
    public void Move(StudyRecord study, StudyState to, string? code = null, string? reason = null, string? whatToDo = null)
    {
        StudyState from = study.State;
        study.MoveTo(to, Now);
        if (code is not null)
            study.Explain(code, reason ?? "", whatToDo);
        _changes.Add(StudyChanged.Of(study, from, Now));
    }

    /// <summary>Notes a change within a state: the step of a study that is being processed.</summary>
    public void Announce(StudyRecord study) => _changes.Add(StudyChanged.Of(study, study.State, Now));

    /// <summary>Records what was set aside, unless there is a record of its file.</summary>
    public void SetAside(QuarantineRecord record)
    {
        if (!Db.Quarantine.Any(q => q.Path == record.Path))
            Db.Quarantine.Add(record);
    }
}
