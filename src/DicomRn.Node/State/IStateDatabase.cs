namespace DicomRn.Node.State;

/// <summary>What the state store asks of its database. Only one thread writes.</summary>
internal interface IStateDatabase : IAsyncDisposable
{
    /// <summary>Whether other nodes may use it at the same time.</summary>
    bool IsShared { get; }

    /// <summary>Reads from a consistent snapshot of each query.</summary>
    Task<T> ReadAsync<T>(Func<NodeDbContext, Task<T>> read);

    /// <summary>The record of an instance; null for none. This is asked once per instance received.</summary>
    ValueTask<InstanceRecord?> FindInstanceAsync(string sopInstanceUid);

    /// <summary>Stores all receipts or, when it throws, none; sets the outcome of each.</summary>
    IReadOnlyList<StudyChanged> Record(IReadOnlyList<Receipt> receipts);

    /// <summary>Runs a transition in a transaction of its own; one that fails in passing is run again from its beginning.</summary>
    IReadOnlyList<StudyChanged> Run(ITransition transition, LeaseTerms terms);
}
