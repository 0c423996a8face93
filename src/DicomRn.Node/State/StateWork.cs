namespace DicomRn.Node.State;

/// <summary>A piece of work that waits for the store's only writer.</summary>
internal abstract class StateWork
{
    /// <summary>Told after the commit, on the writer's thread; continuations run elsewhere.</summary>
    public abstract void Succeed();

    /// <summary>Told when nothing of it was stored.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>
/// A transition: reads and writes through EF Core in a transaction of its own. It may be run several times, of which one
/// counts, so it changes nothing but the tables.
/// </summary>
internal sealed class Transition<T>(Func<StateTransaction, T> work, RowLocking locking, bool isSynced = true)
    : StateWork, ITransition
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public RowLocking Locking => locking;

    public bool IsSynced => isSynced;

    public void Run(StateTransaction transaction) => _result = work(transaction);

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A <see cref="Transition{T}"/> of any result.</summary>
internal interface ITransition
{
    /// <summary>How it keeps clear of those of other nodes.</summary>
    RowLocking Locking { get; }

    /// <summary>Whether the commit is synced to the disk. If not, a power cut may take it, and nothing waits for the disk.</summary>
    bool IsSynced { get; }

    /// <summary>Does the work; what it throws rolls its transaction back.</summary>
    void Run(StateTransaction transaction);
}

/// <summary>An instance to record; those that wait together share one transaction and its one sync.</summary>
internal sealed class Receipt(InstanceReceipt instance) : StateWork
{
    private readonly TaskCompletionSource<ReceiptOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InstanceReceipt Instance { get; } = instance;

    public ReceiptOutcome Outcome { get; set; }

    public Task<ReceiptOutcome> Done => _done.Task;

    public override void Succeed() => _done.TrySetResult(Outcome);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
