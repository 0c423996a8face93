using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>All that is known of one study.</summary>
/// <param name="Study">Where it is.</param>
/// <param name="History">Its moves from state to state, the oldest first.</param>
/// <param name="Series">What was received.</param>
/// <param name="Results">What was made of it.</param>
/// <param name="Deliveries">Which results go where.</param>
public sealed record StudyJobDetails(
    StudyJob Study, IReadOnlyList<StudyJobEvent> History, IReadOnlyList<ReceivedSeries> Series,
    IReadOnlyList<ResultObject> Results, IReadOnlyList<DeliveryJob> Deliveries)
{
    /// <summary>What others were asked for; null where nobody was.</summary>
    public FetchJob? Fetching { get; init; }
}

/// <summary>What others were asked for.</summary>
/// <param name="Rounds">How often.</param>
/// <param name="NextAttemptAt">When they are asked next; null where they are not.</param>
/// <param name="Objects">What was taken.</param>
/// <param name="Entries">What was asked, found, taken and why not, the oldest first.</param>
public sealed record FetchJob(
    int Rounds, DateTimeOffset? NextAttemptAt, IReadOnlyList<FetchedSeries> Objects, IReadOnlyList<Fetching.FetchEntry> Entries);

/// <summary>The objects of one series that were fetched.</summary>
/// <param name="StudyInstanceUid">The study that they are filed under.</param>
/// <param name="SeriesInstanceUid">The series.</param>
/// <param name="SopClassUid">Their SOP class.</param>
/// <param name="Instances">How many.</param>
/// <param name="Bytes">How large together.</param>
/// <param name="Source">Name of the peer, or own store.</param>
public sealed record FetchedSeries(
    string StudyInstanceUid, string SeriesInstanceUid, string SopClassUid, int Instances, long Bytes, string Source);

/// <summary>One move of a study.</summary>
/// <param name="At">When.</param>
/// <param name="Revision">In which round of assembly.</param>
/// <param name="From">The state before; null for a new study.</param>
/// <param name="To">The state after.</param>
/// <param name="ReasonCode">Stable name of the reason, if there is one.</param>
/// <param name="Reason">Why.</param>
public sealed record StudyJobEvent(
    DateTimeOffset At, int Revision, StudyState? From, StudyState To, string? ReasonCode, string? Reason);

/// <summary>The instances of one series.</summary>
/// <param name="SeriesInstanceUid">The series.</param>
/// <param name="SopClassUid">Their SOP class; a series with several has several of these.</param>
/// <param name="Instances">How many.</param>
/// <param name="Bytes">How large together.</param>
/// <param name="SourceAeTitle">Who sent the last of them.</param>
public sealed record ReceivedSeries(
    string SeriesInstanceUid, string SopClassUid, int Instances, long Bytes, string SourceAeTitle);

/// <summary>A result.</summary>
/// <param name="SopInstanceUid">Its UID.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Revision">The last revision of the study that has it.</param>
/// <param name="Path">The file.</param>
public sealed record ResultObject(string SopInstanceUid, ResultKind Kind, int Revision, string Path);

/// <summary>A result on its way to one destination.</summary>
/// <param name="Id">Its number in the outbox.</param>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="ResultSopInstanceUid">The result.</param>
/// <param name="Destination">Name of the peer.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="QueuedAt">When it came into the queue.</param>
/// <param name="NextAttemptAt">When it is tried next, if it is queued.</param>
/// <param name="FinishedAt">When it was delivered or given up.</param>
/// <param name="LastStatus">The last C-STORE status; null where none came.</param>
/// <param name="LastError">Why the last attempt failed, or what was warned of.</param>
public sealed record DeliveryJob(
    long Id, string StudyInstanceUid, string ResultSopInstanceUid, string Destination, DeliveryState State, int Attempts,
    DateTimeOffset QueuedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? FinishedAt, int? LastStatus, string? LastError);
