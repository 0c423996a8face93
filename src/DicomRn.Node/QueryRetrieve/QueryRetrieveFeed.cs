using DicomRn.Node.Administration;

namespace DicomRn.Node.QueryRetrieve;

/// <summary>Tells whoever keeps account of it what was asked of peers and what came from them. Handlers are quick and do not throw.</summary>
internal sealed class QueryRetrieveFeed
{
    /// <summary>A query has ended.</summary>
    public event Action<SentQuery>? Asked;

    /// <summary>Instances of a series came, or did not.</summary>
    public event Action<FetchedInstances>? Fetched;

    /// <summary>A call whose queries are told.</summary>
    public PeerCall Watch(PeerCall call, TimeProvider time) => call with
    {
        Queried = (query, error) => Asked?.Invoke(new SentQuery(time.GetUtcNow(), call.CalledAeTitle, call.Host, query.SOPClassUID.UID, query.Dataset!, error)),
    };

    internal void Publish(FetchedInstances fetched) => Fetched?.Invoke(fetched);
}

/// <summary>A C-FIND that was sent.</summary>
/// <param name="At">When it ended.</param>
/// <param name="AeTitle">AE title of the peer.</param>
/// <param name="Host">Where the peer is.</param>
/// <param name="SopClassUid">SOP class of the query.</param>
/// <param name="Query">The identifier.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record SentQuery(DateTimeOffset At, string AeTitle, string Host, string SopClassUid, DicomDataset Query, string? Error);

/// <summary>Instances of a series that a peer sent because the node asked for them.</summary>
/// <param name="At">When it ended.</param>
/// <param name="AeTitle">AE title of the peer.</param>
/// <param name="Host">Where the peer is.</param>
/// <param name="StudyInstanceUid">The study that they belong to.</param>
/// <param name="ForStudyInstanceUid">The study that they were fetched for, of the same patient.</param>
/// <param name="SopClasses">How many instances of each SOP class were taken.</param>
/// <param name="Error">What failed or was not taken; null where nothing.</param>
internal sealed record FetchedInstances(
    DateTimeOffset At, string AeTitle, string Host, string StudyInstanceUid, string ForStudyInstanceUid, IReadOnlyDictionary<string, int> SopClasses,
    string? Error);
