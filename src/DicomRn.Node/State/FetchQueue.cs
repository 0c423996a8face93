using System.Text.Json;
using DicomRn.Node.Fetching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>What the way of a study through processing means for what is fetched for it; each within the transition that it belongs to.</summary>
internal static class FetchQueue
{
    private const int MostEntries = 200;

    /// <summary>A run begins: it gets what was fetched, and whether it may ask for more.</summary>
    public static StudyTask Begin(StateTransaction transaction, StudyRecord study, StudyTask task, FetchTerms? terms)
    {
        NodeDbContext db = transaction.Db;
        study.PatientIdKey = PatientKey.WithoutIssuer(study.PatientKey);
        FetchRecord? record = db.Fetches.Find(study.StudyInstanceUid);
        if (record is not null)
        {
            record.TakenSinceRun = 0;
            record.Version++;
        }

        return task with
        {
            Fetched = [.. db.Fetched.Where(f => f.StudyInstanceUid == study.StudyInstanceUid).OrderBy(f => f.Path).Select(f => f.Path)],
            FetchNotes = record is null ? [] : [.. Entries(record)
                .Where(e => e.Kind is FetchEntryKind.SetAside)
                .Select(e => $"{e.Source}: {e.Text}")
                .Distinct(StringComparer.Ordinal)],
            MayFetch = terms is not null && study.PatientIdKey is { } key && (record?.AskedRevision ?? 0) < study.Revision
                && (terms.HasPeers
                    || (terms.OwnStore && db.Studies.Any(s => s.PatientIdKey == key && s.StudyInstanceUid != study.StudyInstanceUid))),
        };
    }

    /// <summary>A run ended before its result: others are asked first.</summary>
    public static void Hold(StateTransaction transaction, StudyRecord study, WantedObjects wanted, FetchTerms terms)
    {
        FetchRecord record = FindOrAdd(transaction, study, wanted);
        record.NextAttemptAt = transaction.Now;
        // Earlier results are wanted, not needed: nobody waits for a peer that is away for their sake.
        record.WaitUntil = transaction.Now + (wanted.AreNeeded ? terms.WaitForPeers : TimeSpan.Zero);
        record.Failures = 0;
        // It ended as it should, and its repeat is the attempt that counts.
        study.Attempts--;
        transaction.Move(
            study, StudyState.Fetching, "Fetching",
            wanted.AreNeeded ? "It lacks contours or their registration; others are asked for them." : "Others are asked for earlier results.");
    }

    /// <summary>A run ended with its result: what it had no answer for is asked for again later, and what it brought wakes others.</summary>
    public static void Settle(StateTransaction transaction, StudyRecord study, WantedObjects? wanted, FetchTerms? terms)
    {
        if (terms is not null && study.PatientIdKey is not null && wanted is { AreNeeded: true })
            AskAgain(transaction, FindOrAdd(transaction, study, wanted), terms);
        else if (transaction.Db.Fetches.Find(study.StudyInstanceUid) is { } record)
            End(record);
        if (terms is { OwnStore: true } && study.PatientIdKey is { } key)
            WakeOthers(transaction, study.StudyInstanceUid, key);
    }

    /// <summary>The record of a round, with its newest lines.</summary>
    public static IReadOnlyList<FetchEntry> Entries(FetchRecord record) =>
        JsonSerializer.Deserialize<List<FetchEntry>>(record.Entries, StudyResultJson.Options) ?? [];

    /// <summary>Adds lines to the record of a round; the oldest go.</summary>
    public static void Append(FetchRecord record, IReadOnlyList<FetchEntry> entries)
    {
        record.Entries = JsonSerializer.Serialize(Entries(record).Concat(entries).TakeLast(MostEntries), StudyResultJson.Options);
        record.Version++;
    }

    private static void AskAgain(StateTransaction transaction, FetchRecord record, FetchTerms terms)
    {
        record.IsNeeded = true;
        record.AskUntil ??= transaction.Now + terms.AskAgainFor;
        DateTimeOffset next = transaction.Now + terms.AskAgainAfter;
        record.NextAttemptAt = record.IsWoken ? transaction.Now : terms.HasPeers && next <= record.AskUntil ? next : null;
        record.WaitUntil = null;
    }

    private static void End(FetchRecord record)
    {
        record.IsNeeded = false;
        record.IsWoken = false;
        record.NextAttemptAt = record.WaitUntil = record.AskUntil = null;
        record.Version++;
    }

    private static void WakeOthers(StateTransaction transaction, string study, byte[] patient)
    {
        string[] others =
        [
            .. transaction.Db.Studies.Where(s => s.PatientIdKey == patient && s.StudyInstanceUid != study).Select(s => s.StudyInstanceUid),
        ];
        foreach (FetchRecord other in transaction.Db.Fetches.Where(f => others.Contains(f.StudyInstanceUid)).ToArray())
        {
            other.IsWoken = true;
            if (other.IsNeeded)
                other.NextAttemptAt = transaction.Now;
            other.Version++;
        }
    }

    private static FetchRecord FindOrAdd(StateTransaction transaction, StudyRecord study, WantedObjects wanted)
    {
        string json = JsonSerializer.Serialize(wanted, StudyResultJson.Options);
        if (transaction.Db.Fetches.Find(study.StudyInstanceUid) is { } known)
        {
            known.Wanted = json;
            known.Version++;
            return known;
        }

        FetchRecord record = new() { StudyInstanceUid = study.StudyInstanceUid, Wanted = json };
        transaction.Db.Fetches.Add(record);
        return record;
    }
}
