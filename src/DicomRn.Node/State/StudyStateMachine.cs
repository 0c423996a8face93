using System.Collections.Frozen;

namespace DicomRn.Node.State;

/// <summary>
/// Which moves between <see cref="StudyState">states</see> are allowed. Every change of a study goes through
/// <see cref="Demand"/>, inside the transaction that stores it.
/// </summary>
public static class StudyStateMachine
{
    private static readonly FrozenDictionary<StudyState, FrozenSet<StudyState>> Moves =
        new Dictionary<StudyState, StudyState[]>
        {
            [StudyState.Assembling] = [StudyState.Ready, StudyState.NeedsAttention, StudyState.Discarding],
            // Back to Assembling, here and below: a late instance re-opens the study.
            [StudyState.Ready] = [StudyState.Processing, StudyState.Assembling, StudyState.Discarding],
            // Back to Ready: an attempt failed and another one is due. Straight to Delivered: a repeat whose results
            // every destination has already.
            [StudyState.Processing] =
            [
                StudyState.Ready, StudyState.Assembling, StudyState.Delivering, StudyState.Delivered,
                StudyState.NothingToDo, StudyState.NeedsAttention, StudyState.FailedDelivery, StudyState.Fetching,
            ],
            // It is processed again with what there is by then.
            [StudyState.Fetching] = [StudyState.Ready, StudyState.Assembling, StudyState.Discarding],
            // To NeedsAttention: the report that says "cannot answer" has arrived, and a person is to act on it.
            [StudyState.Delivering] =
            [
                StudyState.Delivered, StudyState.FailedDelivery, StudyState.NeedsAttention, StudyState.Assembling,
                StudyState.Discarding,
            ],
            [StudyState.Delivered] = [StudyState.Assembling, StudyState.Discarding],
            [StudyState.NothingToDo] = [StudyState.Assembling, StudyState.Discarding],
            [StudyState.NeedsAttention] = [StudyState.Assembling, StudyState.Ready, StudyState.Discarding],
            [StudyState.FailedDelivery] = [StudyState.Assembling, StudyState.Delivering, StudyState.Discarding],
            // Its end is that the row is gone, unless an instance arrives while it is deleted.
            [StudyState.Discarding] = [StudyState.Assembling],
        }.ToFrozenDictionary(move => move.Key, move => move.Value.ToFrozenSet());

    /// <summary>Whether a study may move from one state to the other.</summary>
    public static bool Allows(StudyState from, StudyState to) => Moves[from].Contains(to);

    /// <summary>The states that <paramref name="from"/> may be followed by.</summary>
    public static IReadOnlyCollection<StudyState> Following(StudyState from) => Moves[from];

    /// <summary>Whether nothing more happens to a study in this state by itself.</summary>
    public static bool IsEnd(StudyState state) =>
        state is StudyState.Delivered or StudyState.NothingToDo or StudyState.NeedsAttention or StudyState.FailedDelivery;

    /// <summary>Refuses a move that is not allowed.</summary>
    /// <exception cref="InvalidOperationException">The move is not one of the machine's.</exception>
    public static void Demand(StudyState from, StudyState to)
    {
        if (!Allows(from, to))
            throw new InvalidOperationException($"A study cannot go from {from} to {to}.");
    }
}
