using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.QueryRetrieve;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Delivery;

/// <summary>
/// Asks a peer to take responsibility for instances that were sent to it, and waits for its report (PS3.4 J). The report comes over
/// the same association, before or after the response to the request, or over one that the peer opens to <see cref="ListenPort"/>.
/// </summary>
public sealed class StorageCommitmentScu
{
    /// <summary>How the peer is called.</summary>
    public required PeerCall Peer { get; init; }

    /// <summary>How long to wait for the report.</summary>
    public required TimeSpan ReportTimeout { get; init; }

    /// <summary>The port on which reports over an association of the peer's are taken; null for none.</summary>
    public int? ListenPort { get; init; }

    /// <summary>The IP address to listen on.</summary>
    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>Secures the peer's associations to <see cref="ListenPort"/>; null for plain ones.</summary>
    public TlsServerOptions? ListenTls { get; init; }

    /// <summary>Where the logs of listening go.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Asks for commitment and waits for the report.</summary>
    /// <returns>By SOP Instance UID null where the instance is committed, else why it is not.</returns>
    /// <exception cref="DicomNetworkException">The peer is not there, refused the request or aborted, or the port cannot be had.</exception>
    /// <exception cref="TimeoutException">No report came in time.</exception>
    /// <exception cref="CertificateException">What secures the listening cannot be used.</exception>
    public async Task<IReadOnlyDictionary<string, string?>> CommitAsync(
        IReadOnlyList<CommitmentReference> references, CancellationToken cancellationToken)
    {
        CommitmentTransaction transaction = new(references);
        using IDicomServer? server = Listen(transaction);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sending = SendAsync(transaction, over.Token);
        try
        {
            using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            late.CancelAfter(ReportTimeout);
            Task first = await Task.WhenAny(transaction.Report, sending);
            // The association may end before the report, which then comes over one of the peer's.
            if (first == sending && (!sending.IsCompletedSuccessfully || server is null))
                await sending;
            CommitmentReport report = await transaction.Report.WaitAsync(late.Token);
            return transaction.Judge(report);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoReport();
        }
        finally
        {
            await over.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IDicomServer? Listen(CommitmentTransaction transaction)
    {
        if (ListenPort is not { } port)
            return null;
        ITlsAcceptor? tls = ListenTls is { } secured ? SecuredConnections.CreateAcceptor(secured, Loggers) : null;
        return DicomServerFactory.Create<CommitmentReportScp>(
            BindAddress, port, tls, userState: transaction, logger: Loggers.CreateLogger("DicomRn.Node.Delivery"));
    }

    /// <summary>Sends the request and keeps the association for the report, as long as it may take.</summary>
    private async Task SendAsync(CommitmentTransaction transaction, CancellationToken over)
    {
        DicomStatus? status;
        try
        {
            status = await new CommitmentCall(Peer, ReportTimeout).SendAsync(transaction.CreateRequest(), transaction.AnswerAsync, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }

        if (!CommitmentCall.IsTaken(status) && !over.IsCancellationRequested)
            throw new DicomNetworkException(PeerQuery.Describe("request for storage commitment", status));
        if (ListenPort is null && !transaction.Report.IsCompleted)
            throw NoReport();
    }

    private TimeoutException NoReport() => new($"no report of the storage commitment within {ReportTimeout.TotalSeconds:0.#} s");
}
