using System.Collections.Concurrent;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.QueryRetrieve;

/// <summary>Fetches instances of a peer into a folder, one file per instance named by its SOP Instance UID.</summary>
public static class InstanceRetriever
{
    /// <summary>Has the peer send the instances over the same association (C-GET, PS3.4 C.4.3).</summary>
    /// <param name="peer">How the peer is called.</param>
    /// <param name="request">What to get.</param>
    /// <param name="folder">
    /// Where the files go; it exists. On the volume of <c>TemporaryFile.StoragePath</c> what is received is written once.
    /// </param>
    /// <param name="progress">Told how many are done and how many there are.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="contexts">What is proposed for the instances; null for the classes of neuroimaging and as many others as there is room for.</param>
    /// <exception cref="DicomNetworkException">The peer is not there, refused, or aborted.</exception>
    public static async Task<RetrieveResult> GetAsync(
        PeerCall peer, DicomCGetRequest request, string folder, IProgress<RetrieveProgress>? progress, CancellationToken cancellationToken,
        IReadOnlyList<DicomPresentationContext>? contexts = null)
    {
        ConcurrentQueue<string> files = [];
        DicomCGetResponse? last = null;
        request.OnResponseReceived = (_, response) =>
        {
            last = response;
            progress?.Report(new RetrieveProgress(response.Completed + response.Warnings, response.Remaining));
        };
        IDicomClient client = peer.CreateClient();
        client.AdditionalPresentationContexts.AddRange(contexts ?? RetrieveContexts.Create());
        client.OnCStoreRequest = store =>
        {
            // It becomes the name of a file.
            if (!InstanceIdentity.IsUsable(store.SOPInstanceUID.UID))
                return Task.FromResult(new DicomCStoreResponse(store, DicomStatus.InvalidObjectInstance));
            try
            {
                files.Enqueue(Keep(store, folder));
                return Task.FromResult(new DicomCStoreResponse(store, DicomStatus.Success));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Task.FromResult(new DicomCStoreResponse(store, DicomStatus.StorageStorageOutOfResources));
            }
        };
        await client.AddRequestAsync(request);
        await client.SendAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return RetrieveResult.Of("C-GET", last?.Status, last?.Completed ?? 0, last?.Failures ?? 0, last?.Warnings ?? 0, files);
    }

    /// <summary>Has the peer send the instances to a storage SCP of this machine, over an association of its own (C-MOVE, PS3.4 C.4.2).</summary>
    /// <param name="peer">How the peer is called, which knows the destination's AE title, and under it this machine and the port.</param>
    /// <param name="request">What to move where.</param>
    /// <param name="receiver">The storage SCP that is the destination.</param>
    /// <param name="progress">Told how many are done and how many there are.</param>
    /// <param name="loggers">Where the SCP's logs go.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="DicomNetworkException">The peer is not there, refused, or aborted, or the port cannot be had.</exception>
    /// <exception cref="CertificateException">What secures the receiver cannot be used.</exception>
    public static async Task<RetrieveResult> MoveAsync(
        PeerCall peer,
        DicomCMoveRequest request,
        FolderReceiverSettings receiver,
        IProgress<RetrieveProgress>? progress,
        ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        ConcurrentQueue<string> files = [];
        DicomCMoveResponse? last = null;
        request.OnResponseReceived = (_, response) =>
        {
            last = response;
            progress?.Report(new RetrieveProgress(response.Completed + response.Warnings, response.Remaining));
        };
        using FolderReceiver scp = FolderReceiver.Start(receiver, files.Enqueue, loggers);
        IDicomClient client = peer.CreateClient();
        await client.AddRequestAsync(request);
        await client.SendAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return RetrieveResult.Of("C-MOVE", last?.Status, last?.Completed ?? 0, last?.Failures ?? 0, last?.Warnings ?? 0, files);
    }

    /// <summary>Moves what was received into the folder; under its name only once it is complete, for a move to another volume is a copy.</summary>
    private static string Keep(DicomCStoreRequest store, string folder)
    {
        string path = Path.Combine(folder, store.SOPInstanceUID.UID + ".dcm");
        string part = path + ".part";
        store.File!.File!.Move(part, overwrite: true);
        File.Move(part, path, overwrite: true);
        return path;
    }
}
