using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>What a person may set going again.</summary>
internal static class RetryTransition
{
    /// <summary>
    /// From <see cref="StudyState.NeedsAttention"/> a study is processed again, from <see cref="StudyState.FailedDelivery"/> what failed is
    /// queued again; where a study waits for its next attempt, it waits no longer.
    /// </summary>
    public static Task<JobOutcome> RetryStudyAsync(this StateStore store, string studyInstanceUid) => store.WriteAsync(transaction =>
    {
        if (transaction.Db.Studies.Find(studyInstanceUid) is not { } study)
            return new JobOutcome(JobResult.NotFound, $"There is no study {studyInstanceUid}.");
        return study.State switch
        {
            StudyState.NeedsAttention when study.HasPatientMismatch => Refuse(
                study, "its instances name different patients: correct them at the source, discard the study and send it again"),
            StudyState.NeedsAttention => ProcessAgain(transaction, study),
            StudyState.FailedDelivery => SendAgain(transaction, study, DeliveryState.Failed),
            StudyState.Delivering => SendAgain(transaction, study, DeliveryState.Queued),
            StudyState.Ready when study.DueAt > transaction.Now => WaitNoLonger(transaction, study),
            _ => Refuse(study, "there is nothing to repeat"),
        };
    });

    private static JobOutcome Refuse(StudyRecord study, string why) =>
        new(JobResult.Refused, $"Study {study.StudyInstanceUid} is {study.State}: {why}.");

    private static JobOutcome ProcessAgain(StateTransaction transaction, StudyRecord study)
    {
        study.Attempts = 0;
        // Others are asked anew, too.
        if (transaction.Db.Fetches.Find(study.StudyInstanceUid) is { } fetch)
        {
            fetch.AskedRevision = 0;
            fetch.Version++;
        }

        transaction.Move(study, StudyState.Ready);
        return new JobOutcome(JobResult.Done, $"Study {study.StudyInstanceUid} is processed again.");
    }

    private static JobOutcome WaitNoLonger(StateTransaction transaction, StudyRecord study)
    {
        study.DueAt = null;
        study.Version++;
        transaction.Announce(study);
        return new JobOutcome(JobResult.Done, $"Study {study.StudyInstanceUid} is processed again now.");
    }

    private static JobOutcome SendAgain(StateTransaction transaction, StudyRecord study, DeliveryState which)
    {
        DeliveryRecord[] deliveries =
            [.. transaction.Db.Deliveries.Where(d => d.StudyInstanceUid == study.StudyInstanceUid && d.State == which)];
        foreach (DeliveryRecord delivery in deliveries)
        {
            delivery.State = DeliveryState.Queued;
            delivery.Attempts = which == DeliveryState.Failed ? 0 : delivery.Attempts;
            delivery.QueuedAt = transaction.Now;
            delivery.NextAttemptAt = transaction.Now;
            delivery.FinishedAt = null;
            delivery.Version++;
        }

        if (study.State == StudyState.FailedDelivery)
            transaction.Move(study, StudyState.Delivering);
        else
            transaction.Announce(study);
        return new JobOutcome(
            JobResult.Done, $"{deliveries.Length} {(deliveries.Length == 1 ? "delivery" : "deliveries")} of study {study.StudyInstanceUid} are due now.");
    }
}
