using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Administration.Retention;

/// <summary>A study that has ended, as retention sees it.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="State">Its state; null where only results of ours came back, which have no study of their own.</param>
/// <param name="Since">Since when.</param>
/// <param name="InstanceBytes">How large its instances are.</param>
internal sealed record StoredStudy(string StudyInstanceUid, StudyState? State, DateTimeOffset Since, long InstanceBytes)
{
    /// <summary>Whether nobody has to do anything about it any more.</summary>
    public bool IsFinished => State is null or StudyState.Delivered or StudyState.NothingToDo;

    /// <summary>All of them, the oldest first.</summary>
    public static Task<IReadOnlyList<StoredStudy>> ReadEndedAsync(StateStore store, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<StoredStudy>>(async db =>
        {
            var studies = await db.Studies.Select(s => new { s.StudyInstanceUid, s.State, s.ChangedAt }).ToListAsync(cancellationToken);
            var sizes = await db.Instances
                .GroupBy(i => i.StudyInstanceUid)
                .Select(g => new { Study = g.Key, Bytes = g.Sum(i => i.Size), Last = g.Max(i => i.ReceivedAt) })
                .ToDictionaryAsync(g => g.Study, cancellationToken);
            List<StoredStudy> ended = [];
            foreach (var study in studies)
            {
                sizes.Remove(study.StudyInstanceUid, out var size);
                if (StudyStateMachine.IsEnd(study.State))
                    ended.Add(new StoredStudy(study.StudyInstanceUid, study.State, study.ChangedAt, size?.Bytes ?? 0));
            }

            ended.AddRange(sizes.Values.Select(left => new StoredStudy(left.Study, null, left.Last, left.Bytes)));
            return [.. ended.OrderBy(s => s.Since)];
        });
}
