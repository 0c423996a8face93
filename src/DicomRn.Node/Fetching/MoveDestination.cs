using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Fetching;

/// <summary>
/// Where peers send by C-MOVE: a port and an AE title of their own, so that what comes there is what was asked for, and no new study.
/// One at a time.
/// </summary>
/// <param name="aeTitle">The AE title, as the peers know it.</param>
/// <param name="bindAddress">The address to listen on.</param>
/// <param name="port">The port.</param>
/// <param name="tls">What secures it; null for plain connections.</param>
/// <param name="loggers">Where its logs go.</param>
internal sealed class MoveDestination(string aeTitle, string bindAddress, int port, TlsServerOptions? tls, ILoggerFactory loggers) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Has a peer send a series.</summary>
    public async Task<RetrieveResult> MoveAsync(PeerCall peer, FoundSeries series, string folder, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            FolderReceiverSettings receiver = new()
            {
                Folder = folder,
                Port = port,
                BindAddress = bindAddress,
                AeTitle = aeTitle,
                Tls = peer.Tls is null ? null : tls,
                Sync = ReceiveDurability.None,
            };
            return await InstanceRetriever.MoveAsync(
                peer, new DicomCMoveRequest(aeTitle, series.StudyInstanceUid, series.SeriesInstanceUid), receiver, null, loggers, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
