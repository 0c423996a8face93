namespace DicomRn.Node.State;

/// <summary>Records instances that several nodes receive, many in one transaction.</summary>
internal static class PostgresInstanceRecorder
{
    /// <summary>Stores all receipts; sets the outcome of each.</summary>
    public static IReadOnlyList<StudyChanged> Record(IReadOnlyList<Receipt> receipts, StateTransaction transaction)
    {
        List<Receipt> recorded = AddInstances(receipts, transaction);
        // An instance that another node has just recorded breaks the key: then all is repeated, and finds it.
        transaction.Db.SaveChanges();
        return Arrive([.. recorded.Select(r => r.Instance).Where(r => !r.Instance.IsOwnResult)], transaction);
    }

    private static List<Receipt> AddInstances(IReadOnlyList<Receipt> receipts, StateTransaction transaction)
    {
        string[] uids = [.. receipts.Select(r => r.Instance.Instance.SopInstanceUid)];
        HashSet<string> known =
            [.. transaction.Db.Instances.Where(i => uids.Contains(i.SopInstanceUid)).Select(i => i.SopInstanceUid)];
        List<Receipt> recorded = [];
        foreach (Receipt receipt in receipts.OrderBy(r => r.Instance.Instance.SopInstanceUid, StringComparer.Ordinal))
        {
            bool isNew = known.Add(receipt.Instance.Instance.SopInstanceUid);
            receipt.Outcome = isNew ? ReceiptOutcome.Recorded : ReceiptOutcome.AlreadyKnown;
            if (!isNew)
                continue;
            transaction.Db.Instances.Add(receipt.Instance.Instance);
            recorded.Add(receipt);
        }

        return recorded;
    }

    private static List<StudyChanged> Arrive(InstanceReceipt[] receipts, StateTransaction transaction)
    {
        List<StudyChanged> changes = [];
        string[] uids = [.. receipts.Select(r => r.Instance.StudyInstanceUid).Distinct(StringComparer.Ordinal)];
        Dictionary<string, StudyRecord> studies = transaction.Db.Studies
            .Where(s => uids.Contains(s.StudyInstanceUid))
            .OrderBy(s => s.StudyInstanceUid)
            .Locked()
            .ToDictionary(s => s.StudyInstanceUid);
        foreach (InstanceReceipt receipt in receipts)
        {
            string uid = receipt.Instance.StudyInstanceUid;
            if (!studies.TryGetValue(uid, out StudyRecord? study))
            {
                studies[uid] = study = InstanceRecorder.NewStudy(receipt, transaction.Now, changes);
                transaction.Db.Studies.Add(study);
            }

            InstanceRecorder.Arrive(study, receipt, transaction.Now, changes);
        }

        return changes;
    }
}
