using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>Puts results into the outbox and tells when a study has left it.</summary>
internal static class OutboxQueue
{
    /// <summary>
    /// Queues every result for where its routes lead. What a destination has already is not sent again; what it was
    /// sent of an earlier revision and has not got yet stays ahead in its queue.
    /// </summary>
    public static void Queue(StateTransaction transaction, StudyRecord study, StudyResult result, IResultRouting routing)
    {
        string[] sources =
        [
            .. transaction.Db.Instances
                .Where(i => i.StudyInstanceUid == study.StudyInstanceUid && !i.IsOwnResult)
                .Select(i => i.SourceAeTitle)
                .Distinct(),
        ];
        List<DeliveryRecord> deliveries = [];
        foreach (ResultFile file in result.Results)
        {
            StoreResult(transaction, study, file);
            foreach (RoutedResult routed in routing.Route(file.Kind, result.Outcome, sources, transaction.Now))
                deliveries.Add(Queue(transaction, study, file, routed));
        }

        transaction.Db.SaveChanges();
        if (deliveries.Any(d => DeliveryRecord.IsOpen(d.State)))
            transaction.Move(study, StudyState.Delivering);
        else
            Settle(transaction, study, deliveries);
    }

    /// <summary>Ends a study's delivery if no object of its current revision is on its way any more.</summary>
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
        if (!deliveries.Any(d => DeliveryRecord.IsOpen(d.State)))
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
        else if (deliveries.Count == 0)
        {
            transaction.Move(
                study, StudyState.NothingToDo, "NotRouted", $"No route sends its results anywhere: {Unrouted(transaction, study, deliveries)}.");
        }
        else if (Unrouted(transaction, study, deliveries) is { Length: > 0 } unrouted)
        {
            transaction.Move(study, StudyState.Delivered, "PartlyRouted", $"No route sends these results anywhere: {unrouted}.");
        }
        else
        {
            transaction.Move(study, StudyState.Delivered);
        }
    }

    /// <summary>The results of the study's revision that go nowhere, as in <c>2 SC, 1 SEG</c>.</summary>
    private static string Unrouted(StateTransaction transaction, StudyRecord study, List<DeliveryRecord> deliveries)
    {
        HashSet<string> routed = [.. deliveries.Select(d => d.ResultSopInstanceUid)];
        return string.Join(", ", transaction.Db.Results
            .Where(r => r.StudyInstanceUid == study.StudyInstanceUid && r.Revision == study.Revision)
            .AsEnumerable()
            .Where(r => !routed.Contains(r.SopInstanceUid))
            .GroupBy(r => r.Kind)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key}"));
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

    private static DeliveryRecord Queue(StateTransaction transaction, StudyRecord study, ResultFile file, RoutedResult routed)
    {
        DeliveryRecord? delivery = transaction.Db.Deliveries.FirstOrDefault(
            d => d.ResultSopInstanceUid == file.SopInstanceUid && d.Destination == routed.Destination);
        if (delivery is null)
        {
            delivery = new DeliveryRecord
            {
                ResultSopInstanceUid = file.SopInstanceUid,
                StudyInstanceUid = study.StudyInstanceUid,
                Destination = routed.Destination,
                QueuedAt = transaction.Now,
                NextAttemptAt = transaction.Now,
            };
            delivery.Queue(transaction.Now, routed.NotBefore);
            transaction.Db.Deliveries.Add(delivery);
        }
        else if (delivery.State == DeliveryState.Failed)
        {
            delivery.Queue(transaction.Now, routed.NotBefore);
        }

        delivery.Routes = routed.Routes;
        return delivery;
    }
}
