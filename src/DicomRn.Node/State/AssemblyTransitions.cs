using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>The end of assembly.</summary>
internal static class AssemblyTransitions
{
    /// <summary>When the next study becomes complete, by the timers in the store; null when none is being assembled.</summary>
    public static Task<DateTimeOffset?> NextCompletionAsync(this StateStore store, CancellationToken cancellationToken) =>
        store.ReadAsync(db => db.Studies
            .Where(s => s.State == StudyState.Assembling)
            .MinAsync(s => s.DueAt, cancellationToken));

    /// <summary>Moves every study whose time is over out of assembly.</summary>
    /// <param name="store">The store.</param>
    /// <param name="isArriving">Of which studies something was received that the store does not have yet: they wait for it.</param>
    /// <returns>How many there were.</returns>
    public static Task<int> CompleteDueStudiesAsync(this StateStore store, Func<string, bool>? isArriving = null) => store.WriteAsync(
        transaction => CompleteDueStudies(transaction, isArriving), RowLocking.Explicit);

    private static int CompleteDueStudies(StateTransaction transaction, Func<string, bool>? isArriving)
    {
        List<StudyRecord> due =
        [
            .. transaction.Db.Studies
                .Where(s => s.State == StudyState.Assembling && s.DueAt <= transaction.Now)
                .OrderBy(s => s.DueAt)
                .LockedOrSkipped(),
        ];
        due.RemoveAll(study => isArriving?.Invoke(study.StudyInstanceUid) == true);
        foreach (StudyRecord study in due)
        {
            if (study.HasPatientMismatch)
                transaction.Move(
                    study, StudyState.NeedsAttention, "PatientMismatch",
                    "The study's instances name different patients.",
                    "Find out which instances are filed under the wrong study, correct them at the source, discard the study here (dicomrn jobs discard) and send it again.");
            else
                transaction.Move(study, StudyState.Ready);
        }

        return due.Count;
    }
}
