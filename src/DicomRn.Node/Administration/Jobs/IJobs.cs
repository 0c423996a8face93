namespace DicomRn.Node.Administration.Jobs;

/// <summary>The studies and deliveries of a node, for the person who looks after it: the same whether the node runs or not.</summary>
public interface IJobs : IAsyncDisposable
{
    /// <summary>How many studies and deliveries are in which state.</summary>
    Task<NodeStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Studies, the last changed first.</summary>
    Task<IReadOnlyList<StudyJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>One study; null if there is none.</summary>
    Task<StudyJobDetails?> FindAsync(string studyInstanceUid, CancellationToken cancellationToken);

    /// <summary>Attempts to send results, the latest first.</summary>
    Task<IReadOnlyList<DeliveryAttemptEntry>> GetDeliveriesAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>Associations of callers, the latest first.</summary>
    Task<IReadOnlyList<AssociationEntry>> GetAssociationsAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>What was deleted, the latest first.</summary>
    Task<IReadOnlyList<DeletionEntry>> GetDeletionsAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>Has a study that needs attention processed again, or what was not delivered sent again.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<JobOutcome> RetryAsync(string studyInstanceUid, string by, CancellationToken cancellationToken);

    /// <summary>Deletes a study, its files and its results, and records that.</summary>
    /// <param name="studyInstanceUid">The study.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; a deletion that was begun is finished at the next start.</param>
    Task<JobOutcome> DiscardAsync(string studyInstanceUid, string by, string reason, CancellationToken cancellationToken);
}
