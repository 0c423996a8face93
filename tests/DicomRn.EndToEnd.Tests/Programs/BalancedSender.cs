using System.Collections.Concurrent;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>
/// A modality behind a load balancer: the instances of a study go to all nodes by turns, and what was not answered with
/// Success goes to another node.
/// </summary>
internal sealed class BalancedSender(IReadOnlyList<SharedNodeProgram> nodes)
{
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, bool> _dead = [];
    private int _turn;

    /// <summary>The files that were answered with Success, by SOP Instance UID.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    /// <summary>Whether a node broke an association off or could not be reached.</summary>
    public bool HasLostANode => !_dead.IsEmpty;

    /// <summary>The balancer sees that all nodes listen again.</summary>
    public void Revive() => _dead.Clear();

    /// <summary>Sends a study until every instance of it is acknowledged.</summary>
    public async Task SendAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        List<string> pending = [.. files];
        while (pending.Count > 0)
        {
            int[] alive = [.. Enumerable.Range(0, nodes.Count).Where(n => !_dead.ContainsKey(n))];
            Assert.NotEmpty(alive);
            ILookup<int, string> shares = pending.ToLookup(_ => alive[Interlocked.Increment(ref _turn) % alive.Length]);
            IReadOnlyList<string>[] refused = await Task.WhenAll(shares.Select(share => SendShareAsync(share.Key, [.. share], cancellationToken)));
            pending = [.. refused.SelectMany(r => r)];
        }
    }

    /// <summary>Sends files to one node and returns those that were not acknowledged; a node that does not answer gets no more.</summary>
    private async Task<IReadOnlyList<string>> SendShareAsync(int node, string[] files, CancellationToken cancellationToken)
    {
        HashSet<string> left = [.. files];
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", nodes[node].Port, false, "MODALITY", "DICOMRN");
        foreach (string file in files)
        {
            DicomCStoreRequest request = new(await DicomFile.OpenAsync(file, FileReadOption.ReadAll));
            request.OnResponseReceived = (_, response) =>
            {
                if (response.Status != DicomStatus.Success)
                    return;
                _acknowledged[request.SOPInstanceUID.UID] = file;
                lock (left)
                    left.Remove(file);
            };
            await client.AddRequestAsync(request);
        }

        try
        {
            await client.SendAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _dead[node] = true;
        }

        lock (left)
            return [.. left];
    }
}
