using System.Globalization;
using DicomRn.Node.Administration;

namespace DicomRn.Node.QueryRetrieve;

/// <summary>Asks a peer what it has: C-FIND (PS3.4 C.4.1).</summary>
public static class PeerQuery
{
    /// <summary>Sends a query and collects the matches.</summary>
    /// <param name="peer">How the peer is called.</param>
    /// <param name="query">The query.</param>
    /// <param name="limit">After so many matches the query is cancelled.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The matches, <paramref name="limit"/> of them at most.</returns>
    /// <exception cref="DicomNetworkException">The peer is not there, refused, or ended the query with a failure.</exception>
    public static async Task<IReadOnlyList<DicomDataset>> FindAsync(
        PeerCall peer, DicomCFindRequest query, int limit, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<DicomDataset> matches = await SendAsync(peer, query, limit, cancellationToken);
            peer.Queried?.Invoke(query, null);
            return matches;
        }
        catch (Exception e)
        {
            peer.Queried?.Invoke(query, e.Message);
            throw;
        }
    }

    private static async Task<IReadOnlyList<DicomDataset>> SendAsync(
        PeerCall peer, DicomCFindRequest query, int limit, CancellationToken cancellationToken)
    {
        List<DicomDataset> matches = [];
        DicomStatus? last = null;
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        query.OnResponseReceived = (_, response) =>
        {
            last = response.Status;
            if (response is not { Status.State: DicomState.Pending, Dataset: { } match } || matches.Count >= limit)
                return;
            matches.Add(match);
            if (matches.Count == limit)
                enough.Cancel();
        };
        IDicomClient client = peer.CreateClient();
        await client.AddRequestAsync(query);
        try
        {
            await client.SendAsync(enough.Token);
        }
        catch (OperationCanceledException) when (matches.Count == limit && !cancellationToken.IsCancellationRequested)
        {
            return matches;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (matches.Count == limit || last?.State is DicomState.Success or DicomState.Warning)
            return matches;
        throw new DicomNetworkException(Describe("C-FIND", last));
    }

    internal static string Describe(string operation, DicomStatus? status) => status is null
        ? $"the {operation} was not answered"
        : string.Create(
            CultureInfo.InvariantCulture, $"the {operation} ended with status {status.Code:X4} {status.Description} {status.ErrorComment}").TrimEnd();
}
