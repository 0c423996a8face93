using System.Collections.Concurrent;
using DicomRn.Node.Administration;
using DicomRn.Node.Receiving;

namespace DicomRn.Node.Delivery;

/// <summary>Sends files by C-STORE, some thousand on one association.</summary>
/// <param name="call">How the peer is called.</param>
public sealed class InstanceSender(PeerCall call)
{
    // The headers of these files are in memory at once.
    private const int FilesPerAssociation = 1000;

    /// <summary>Sends the files; one that cannot be read or is refused does not keep the others.</summary>
    /// <param name="files">Paths of DICOM files.</param>
    /// <param name="progress">Told the number of files done.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <returns>How it ended for each file, in their order.</returns>
    /// <exception cref="DicomNetworkException">The peer is not there, refused the association or aborted it.</exception>
    public async Task<IReadOnlyList<SentInstance>> SendAsync(
        IReadOnlyList<string> files, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        PoolThreads.Reserve(associations: 1);
        List<SentInstance> sent = new(files.Count);
        foreach (string[] batch in files.Chunk(FilesPerAssociation))
        {
            sent.AddRange(await SendBatchAsync(batch, sent.Count, progress, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return sent;
    }

    private async Task<IEnumerable<SentInstance>> SendBatchAsync(
        string[] files, int before, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, SentInstance> done = new(StringComparer.Ordinal);
        IDicomClient client = call.CreateClient();
        bool any = false;
        foreach (string path in files)
        {
            if (Open(path, Finish) is not { } request)
                continue;
            string uid = request.SOPInstanceUID.UID;
            request.OnResponseReceived = (_, response) =>
                Finish(SentInstance.Answered(path, uid, response.Status) with { SopClassUid = request.SOPClassUID.UID });
            await client.AddRequestAsync(request);
            any = true;
        }

        if (any)
            await client.SendAsync(cancellationToken, DicomClientCancellationMode.ImmediatelyAbortAssociation);
        return files.Select(path => done.GetValueOrDefault(path) ?? SentInstance.Failed(path, null, "the peer did not answer"));

        void Finish(SentInstance instance)
        {
            done[instance.Path] = instance;
            progress?.Report(before + done.Count);
        }
    }

    private static DicomCStoreRequest? Open(string path, Action<SentInstance> finish)
    {
        try
        {
            return new DicomCStoreRequest(path);
        }
        catch (Exception e) when (e is IOException or DicomException or UnauthorizedAccessException)
        {
            finish(SentInstance.Failed(path, null, e.Message));
            return null;
        }
    }
}
