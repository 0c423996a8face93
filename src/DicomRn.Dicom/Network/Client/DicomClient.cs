using System.Collections.Concurrent;
using System.Text;
using DicomRn.Dicom.Network.Client.EventArguments;
using DicomRn.Dicom.Network.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Dicom.Network.Client;

/// <summary>Sends the requests of a queue to one peer, as many as possible over one association.</summary>
internal sealed class DicomClient : IDicomClient
{
    private readonly ConcurrentQueue<DicomRequest> _queue = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sending;
    private int _invoked = 1;
    private int _performed = 1;

    public DicomClient(string host, int port, ITlsInitiator? tlsInitiator, string callingAe, string calledAe)
    {
        Host = host;
        Port = port;
        TlsInitiator = tlsInitiator;
        CallingAe = callingAe;
        CalledAe = calledAe;
    }

    public event EventHandler<AssociationAcceptedEventArgs>? AssociationAccepted;

    public event EventHandler<AssociationRejectedEventArgs>? AssociationRejected;

    public event EventHandler? AssociationReleased;

    public event EventHandler<AssociationRequestTimedOutEventArgs>? AssociationRequestTimedOut;

    public event EventHandler<RequestTimedOutEventArgs>? RequestTimedOut;

    public string Host { get; }

    public int Port { get; }

    public ITlsInitiator? TlsInitiator { get; }

    public string CallingAe { get; }

    public string CalledAe { get; }

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public DicomServiceOptions ServiceOptions { get; } = new();

    public DicomClientOptions ClientOptions { get; } = new();

    public List<DicomPresentationContext> AdditionalPresentationContexts { get; set; } = [];

    public List<DicomExtendedNegotiation> AdditionalExtendedNegotiations { get; set; } = [];

    public bool RequireSuccessfulUserIdentityNegotiation { get; set; } = true;

    public DicomUserIdentityNegotiation? UserIdentityNegotiation { get; set; }

    public Encoding? FallbackEncoding { get; set; }

    public DicomClientCStoreRequestHandler? OnCStoreRequest { get; set; }

    public DicomClientNEventReportRequestHandler? OnNEventReportRequest { get; set; }

    public bool IsSendRequired => _sending == 0 && !_queue.IsEmpty;

    /// <summary>What messages call the peer.</summary>
    internal string Peer => $"{CalledAe}@{Host}:{Port}";

    internal DicomServiceDependencies Dependencies { get; init; } = new();

    public void NegotiateAsyncOps(int invoked = 0, int performed = 0) => (_invoked, _performed) = (invoked, performed);

    public void NegotiateUserIdentity(DicomUserIdentityNegotiation? userIdentityNegotiation)
    {
        userIdentityNegotiation?.Validate();
        UserIdentityNegotiation = userIdentityNegotiation;
    }

    public Task AddRequestAsync(DicomRequest dicomRequest)
    {
        ArgumentNullException.ThrowIfNull(dicomRequest);
        _queue.Enqueue(dicomRequest);
        Volatile.Read(ref _more).TrySetResult();
        return Task.CompletedTask;
    }

    public Task AddRequestsAsync(IEnumerable<DicomRequest> dicomRequests)
    {
        ArgumentNullException.ThrowIfNull(dicomRequests);
        foreach (DicomRequest request in dicomRequests)
            _queue.Enqueue(request);
        Volatile.Read(ref _more).TrySetResult();
        return Task.CompletedTask;
    }

    public async Task SendAsync(
        CancellationToken cancellationToken = default,
        DicomClientCancellationMode cancellationMode = DicomClientCancellationMode.ImmediatelyReleaseAssociation)
    {
        if (Interlocked.Exchange(ref _sending, 1) != 0)
            return;
        List<Exception> notSent = [];
        try
        {
            while (!_queue.IsEmpty)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SendOverOneAssociationAsync(notSent, cancellationMode, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // What an association that failed leaves behind is for its caller to queue again, not for the next one to send.
            _queue.Clear();
            Volatile.Write(ref _sending, 0);
        }

        if (notSent.Count > 0)
            throw new DicomNetworkException($"{Peer}: {notSent.Count} request(s) could not be sent; the first: {notSent[0].Message}", notSent[0]);
    }

    private async Task SendOverOneAssociationAsync(
        List<Exception> notSent, DicomClientCancellationMode cancellationMode, CancellationToken cancellationToken)
    {
        Queue<DicomRequest> batch = new();
        DicomAssociation association = Propose(batch);
        DicomClientConnection connection = await AssociateAsync(association, cancellationToken).ConfigureAwait(false);
        AssociationBatch sending = new(connection, ServiceOptions.RequestTimeout, Dependencies.Time, notSent, cancellationMode);
        sending.RequestTimedOut += (_, e) => RequestTimedOut?.Invoke(this, e);
        try
        {
            try
            {
                do
                {
                    await sending.SendAsync(batch, cancellationToken).ConfigureAwait(false);
                }
                while (await LingerAsync(association, batch, sending.Count, connection, cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                if (cancellationMode == DicomClientCancellationMode.ImmediatelyAbortAssociation || sending.IsBroken)
                    await connection.AbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
                else
                    await CancelAndReleaseAsync(sending, connection).ConfigureAwait(false);
                throw;
            }
            catch (Exception e) when (e is DicomNetworkException && connection.IsConnected)
            {
                await connection.AbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
                throw;
            }

            await ReleaseAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes as many requests off the queue as fit into one association, and proposes what they need.</summary>
    private DicomAssociation Propose(Queue<DicomRequest> batch)
    {
        DicomAssociation association = new(CallingAe, CalledAe)
        {
            RemoteHost = Host,
            RemotePort = Port,
            MaxAsyncOpsInvoked = _invoked,
            MaxAsyncOpsPerformed = _performed,
            UserIdentityNegotiation = UserIdentityNegotiation?.Clone(),
        };
        foreach (DicomExtendedNegotiation negotiation in AdditionalExtendedNegotiations)
        {
            association.ExtendedNegotiations.AddOrUpdate(
                negotiation.SopClassUid, negotiation.RequestedApplicationInfo, negotiation.ServiceClassUid,
                [.. negotiation.RelatedGeneralSopClasses]);
        }

        foreach (DicomPresentationContext context in AdditionalPresentationContexts)
        {
            association.PresentationContexts.Add(
                context.AbstractSyntax, context.UserRole, context.ProviderRole, [.. context.GetTransferSyntaxes()]);
        }

        int limit = ClientOptions.MaximumNumberOfRequestsPerAssociation ?? int.MaxValue;
        while (batch.Count < limit && _queue.TryPeek(out DicomRequest? request))
        {
            try
            {
                association.PresentationContexts.AddFromRequest(request);
            }
            catch (DicomNetworkException) when (batch.Count > 0)
            {
                // 128 contexts are all an association has: the rest goes over the next one.
                break;
            }

            association.ExtendedNegotiations.AddFromRequest(request);
            _queue.TryDequeue(out _);
            batch.Enqueue(request);
        }

        return association;
    }

    private async Task<DicomClientConnection> AssociateAsync(DicomAssociation association, CancellationToken cancellationToken)
    {
        int timeout = ClientOptions.AssociationRequestTimeoutInMs;
        int attempts = Math.Max(1, ClientOptions.MaximumNumberOfConsecutiveTimedOutAssociationRequests);
        for (int attempt = 1; ; attempt++)
        {
            DicomClientConnection connection =
                await DicomClientConnection.ConnectAsync(this, Dependencies, cancellationToken).ConfigureAwait(false);
            try
            {
                await connection.AssociateAsync(association, TimeSpan.FromMilliseconds(timeout), cancellationToken).ConfigureAwait(false);
                if (RequireSuccessfulUserIdentityNegotiation
                    && association.UserIdentityNegotiation is { PositiveResponseRequested: true, ServerResponse: null })
                {
                    await connection.AbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
                    throw new DicomNetworkException(
                        $"{Peer} accepted the association but did not confirm the user identity; the association is aborted");
                }

                AssociationAccepted?.Invoke(this, new AssociationAcceptedEventArgs(association));
                return connection;
            }
            catch (TimeoutException)
            {
                await connection.AbortAsync(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified).ConfigureAwait(false);
                await connection.CloseAsync().ConfigureAwait(false);
                AssociationRequestTimedOut?.Invoke(this, new AssociationRequestTimedOutEventArgs(timeout, attempt, attempts));
                if (attempt == attempts)
                    throw new DicomAssociationRequestTimedOutException(timeout, attempts, Peer);
            }
            catch (Exception e)
            {
                await connection.CloseAsync().ConfigureAwait(false);
                if (e is DicomAssociationRejectedException rejected)
                {
                    AssociationRejected?.Invoke(
                        this, new AssociationRejectedEventArgs(rejected.RejectResult, rejected.RejectSource, rejected.RejectReason));
                }

                throw;
            }
        }
    }

    /// <summary>Keeps the association for requests that come a little later and need no further presentation context.</summary>
    private async Task<bool> LingerAsync(
        DicomAssociation association, Queue<DicomRequest> batch, int sent, DicomClientConnection connection, CancellationToken cancellationToken)
    {
        int limit = ClientOptions.MaximumNumberOfRequestsPerAssociation ?? int.MaxValue;
        if (sent >= limit)
            return false;
        TimeSpan linger = TimeSpan.FromMilliseconds(ClientOptions.AssociationLingerTimeoutInMs);
        Volatile.Write(ref _more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_queue.IsEmpty && linger > TimeSpan.Zero)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_more.Task, connection.Closed, Task.Delay(linger, Dependencies.Time, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        while (connection.IsConnected && batch.Count + sent < limit && _queue.TryPeek(out DicomRequest? request) && Fits(association, request))
        {
            _queue.TryDequeue(out _);
            batch.Enqueue(request);
        }

        return batch.Count > 0;
    }

    private static bool Fits(DicomAssociation association, DicomRequest request) => association.PresentationContexts.Any(context =>
        context.AbstractSyntax == request.SOPClassUID
        && context.Result == DicomPresentationContextResult.Accept
        && (request is not DicomCStoreRequest store || context.AcceptedTransferSyntax == store.TransferSyntax));

    private async Task CancelAndReleaseAsync(AssociationBatch sending, DicomClientConnection connection)
    {
        if (connection.IsConnected)
            await sending.CancelAsync(TimeSpan.FromMilliseconds(ClientOptions.AssociationReleaseTimeoutInMs)).ConfigureAwait(false);
        await ReleaseAsync(connection).ConfigureAwait(false);
    }

    private async Task ReleaseAsync(DicomClientConnection connection)
    {
        if (!connection.IsConnected)
            return;
        await connection.ReleaseAsync(TimeSpan.FromMilliseconds(ClientOptions.AssociationReleaseTimeoutInMs)).ConfigureAwait(false);
        AssociationReleased?.Invoke(this, EventArgs.Empty);
    }
}
