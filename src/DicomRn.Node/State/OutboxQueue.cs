using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>Puts results into the outbox and tells when a study has left it.</summary>
internal static class OutboxQueue
{
    /// <summary>Queues every result for every destination. What a destination has already is not sent again.</summary>
    public static void Queue(
        StateTransaction transaction, StudyRecord study, StudyResult result, IReadOnlyList<string> destinations)
    {
        List<DeliveryRecord> deliveries = [];
        foreach (ResultFile file in result.Results)
        {
            StoreResult(transaction, study, file);
            foreach (string destination in destinations)
                deliveries.Add(Queue(transaction, study, file, destination));
        }

        transaction.Db.SaveChanges();
        if (deliveries.All(d => d.State == DeliveryState.Delivered))
            Settle(transaction, study, deliveries);
        else
            transaction.Move(study, StudyState.Delivering);
    }

    /// <summary>Ends a study's delivery if no object of its current revision is left in the queue.</summary>
    public static void SettleIfDone(StateTransaction transaction, string studyInstanceUid)
    {
        if (transaction.Db.Studies.Find(studyInstanceUid) is not { State: StudyState.Delivering } study)
            return;
        List<DeliveryRecord> deliveries =
        [
            .. from delivery in transaction.Db.Deliveries
               join result in transaction.Db.Results on delivery.ResultSopInstanceUid equals result.SopInstanceUid
               where result.StudyInstanceUid == studyInstanceUid && result.Revision == study.Revision
               select delivery,
        ];
        if (deliveries.All(d => d.State != DeliveryState.Queued))
            Settle(transaction, study, deliveries);
    }

    private static void Settle(StateTransaction transaction, StudyRecord study, List<DeliveryRecord> deliveries)
    {
        List<DeliveryRecord> failed = [.. deliveries.Where(d => d.State == DeliveryState.Failed)];
        if (failed.Count > 0)
        {
            string where = string.Join(", ", failed.Select(d => d.Destination).Distinct(StringComparer.Ordinal));
            transaction.Move(
                study, StudyState.FailedDelivery, "DeliveryFailed",
                $"{failed.Count} of {deliveries.Count} deliveries failed ({where}): {failed[0].LastError}",
                "Correct the cause at the destination, then have it sent again (dicomrn jobs retry); the results are kept.");
        }
        else if (study.Outcome == StudyOutcome.CannotAnswer)
        {
            StudyResult? result = StudyResults.Find(transaction.Db, study);
            transaction.Move(
                study, StudyState.NeedsAttention, result?.Reason?.Kind.ToString() ?? nameof(StudyOutcome.CannotAnswer),
                result?.Reason?.Text ?? "The study cannot be answered.", result?.WhatToDo);
        }
        else
        {
            transaction.Move(study, StudyState.Delivered);
        }
    }

    private static void StoreResult(StateTransaction transaction, StudyRecord study, ResultFile file)
    {
        ResultRecord? known = transaction.Db.Results.Find(file.SopInstanceUid);
        if (known is null)
        {
            transaction.Db.Results.Add(new ResultRecord
            {
                SopInstanceUid = file.SopInstanceUid,
                SopClassUid = file.SopClassUid,
                SeriesInstanceUid = file.SeriesInstanceUid,
                StudyInstanceUid = study.StudyInstanceUid,
                Revision = study.Revision,
                Kind = file.Kind,
                Path = file.Path,
            });
            return;
        }

        known.Revision = study.Revision;
        known.Path = file.Path;
    }

    private static DeliveryRecord Queue(StateTransaction transaction, StudyRecord study, ResultFile file, string destination)
    {
        DeliveryRecord? delivery = transaction.Db.Deliveries.FirstOrDefault(
            d => d.ResultSopInstanceUid == file.SopInstanceUid && d.Destination == destination);
        if (delivery is null)
        {
            delivery = new DeliveryRecord
            {
                ResultSopInstanceUid = file.SopInstanceUid,
                StudyInstanceUid = study.StudyInstanceUid,
                Destination = destination,
                State = DeliveryState.Queued,
                QueuedAt = transaction.Now,
                NextAttemptAt = transaction.Now,
            };
            transaction.Db.Deliveries.Add(delivery);
        }
        else if (delivery.State == DeliveryState.Failed)
        {
            delivery.State = DeliveryState.Queued;
            delivery.QueuedAt = transaction.Now;
            delivery.NextAttemptAt = transaction.Now;
            delivery.Attempts = 0;
            delivery.Version++;
        }

        return delivery;
    }
}
