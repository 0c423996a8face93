namespace DicomRn.Node.State;

/// <summary>A result that a destination has taken, and whose confirmation is due.</summary>
internal sealed record SentDelivery(
    long Id, long Version, string StudyInstanceUid, string SeriesInstanceUid, string SopClassUid, string SopInstanceUid,
    DateTimeOffset SentAt, int Checks, int Resends, string? TransactionUid);
