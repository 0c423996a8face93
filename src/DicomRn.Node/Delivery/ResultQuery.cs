using DicomRn.Node.Administration;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>Asks a destination which of the results that it has taken it has: C-FIND at image level, a query per series (PS3.4 C.4.1).</summary>
internal sealed class ResultQuery(PeerCall call)
{
    private const ushort SopClassNotSupported = 0x0122;
    private const ushort UnrecognizedOperation = 0x0211;

    /// <summary>Asks on one association.</summary>
    /// <returns>The SOP Instance UIDs that it has, of whatever was asked for; null where it answers no C-FIND.</returns>
    /// <exception cref="DicomNetworkException">It is not there, refused or aborted, or ended a query with another failure.</exception>
    public async Task<IReadOnlySet<string>?> FindAsync(IReadOnlyList<SentDelivery> deliveries, CancellationToken cancellationToken)
    {
        DicomCFindRequest[] queries =
        [
            .. deliveries.GroupBy(d => (d.StudyInstanceUid, d.SeriesInstanceUid))
                .Select(series => Query(series.Key.StudyInstanceUid, series.Key.SeriesInstanceUid, [.. series.Select(d => d.SopInstanceUid)])),
        ];
        try
        {
            IReadOnlySet<string>? found = await SendAsync(queries, cancellationToken);
            Tell(found is null ? "the peer answers no C-FIND" : null);
            return found;
        }
        catch (Exception e)
        {
            Tell(e.Message);
            throw;
        }

        void Tell(string? error)
        {
            foreach (DicomCFindRequest query in queries)
                call.Queried?.Invoke(query, error);
        }
    }

    private async Task<IReadOnlySet<string>?> SendAsync(DicomCFindRequest[] queries, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        List<DicomStatus> ends = [];
        IDicomClient client = call.CreateClient();
        foreach (DicomCFindRequest query in queries)
        {
            query.OnResponseReceived = (_, response) =>
            {
                if (response.Status.State != DicomState.Pending)
                    ends.Add(response.Status);
                else if (response.Dataset?.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "") is { Length: > 0 } instance)
                    found.Add(instance);
            };
            await client.AddRequestAsync(query);
        }

        await client.SendAsync(cancellationToken, DicomClientCancellationMode.ImmediatelyAbortAssociation);
        cancellationToken.ThrowIfCancellationRequested();
        if (ends.Any(end => end.Code is SopClassNotSupported or UnrecognizedOperation))
            return null;
        if (ends.FirstOrDefault(end => end.State is not (DicomState.Success or DicomState.Warning)) is { } failure)
            throw new DicomNetworkException(PeerQuery.Describe("C-FIND", failure));
        return ends.Count == queries.Length ? found : throw new DicomNetworkException(PeerQuery.Describe("C-FIND", null));
    }

    private static DicomCFindRequest Query(string study, string series, string[] instances)
    {
        DicomCFindRequest query = new(DicomUID.StudyRootQueryRetrieveInformationModelFind, DicomQueryRetrieveLevel.Image);
        DicomDataset identifier = query.Dataset ?? throw new InvalidOperationException("A query without an identifier.");
        identifier.AddOrUpdate(DicomTag.StudyInstanceUID, study);
        identifier.AddOrUpdate(DicomTag.SeriesInstanceUID, series);
        // Of several, all of the series: not every peer takes a list.
        identifier.AddOrUpdate(DicomTag.SOPInstanceUID, instances is [string only] ? only : "");
        return query;
    }
}
