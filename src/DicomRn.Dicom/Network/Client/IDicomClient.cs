using System.Diagnostics.CodeAnalysis;
using System.Text;
using DicomRn.Dicom.Network.Client.EventArguments;
using DicomRn.Dicom.Network.Tls;
using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Network.Client;

/// <summary>Sends DIMSE requests to one peer.</summary>
public interface IDicomClient
{
    /// <summary>An association was accepted.</summary>
    event EventHandler<AssociationAcceptedEventArgs>? AssociationAccepted;

    /// <summary>An association was rejected.</summary>
    event EventHandler<AssociationRejectedEventArgs>? AssociationRejected;

    /// <summary>An association was released.</summary>
    event EventHandler? AssociationReleased;

    /// <summary>An association request was not answered in time.</summary>
    event EventHandler<AssociationRequestTimedOutEventArgs>? AssociationRequestTimedOut;

    /// <summary>A request was not answered in time.</summary>
    event EventHandler<RequestTimedOutEventArgs>? RequestTimedOut;

    /// <summary>Host name or address of the peer.</summary>
    string Host { get; }

    /// <summary>Port of the peer.</summary>
    int Port { get; }

    /// <summary>Secures the connection; null for a plain one.</summary>
    ITlsInitiator? TlsInitiator { get; }

    /// <summary>Own AE title.</summary>
    string CallingAe { get; }

    /// <summary>AE title of the peer.</summary>
    string CalledAe { get; }

    /// <summary>Logger.</summary>
    ILogger Logger { get; set; }

    /// <summary>How the connection behaves.</summary>
    DicomServiceOptions ServiceOptions { get; }

    /// <summary>How the client associates.</summary>
    DicomClientOptions ClientOptions { get; }

    /// <summary>Presentation contexts to propose beside those the requests need.</summary>
    List<DicomPresentationContext> AdditionalPresentationContexts { get; set; }

    /// <summary>Extended negotiations to propose beside those the requests need.</summary>
    List<DicomExtendedNegotiation> AdditionalExtendedNegotiations { get; set; }

    /// <summary>
    /// Whether a user identity whose confirmation is requested must be confirmed: an association accepted without is aborted.
    /// Default true.
    /// </summary>
    bool RequireSuccessfulUserIdentityNegotiation { get; set; }

    /// <summary>The user identity to show; null for none.</summary>
    DicomUserIdentityNegotiation? UserIdentityNegotiation { get; set; }

    /// <summary>Encoding of text in data sets that name no character set.</summary>
    Encoding? FallbackEncoding { get; set; }

    /// <summary>Answers C-STORE requests of the peer, as a C-GET makes it send them; null refuses them with 0211.</summary>
    DicomClientCStoreRequestHandler? OnCStoreRequest { get; set; }

    /// <summary>
    /// Answers N-EVENT-REPORT requests of the peer; null refuses them with 0211. A report may come before the response to the request
    /// that it reports on, and after it as long as <see cref="DicomClientOptions.AssociationLingerTimeoutInMs"/> keeps the association.
    /// </summary>
    DicomClientNEventReportRequestHandler? OnNEventReportRequest { get; set; }

    /// <summary>Whether requests wait for <see cref="SendAsync"/>.</summary>
    bool IsSendRequired { get; }

    /// <summary>How many operations may be outstanding, invoked by this side and performed by it; 0 for no limit (PS3.7 D.3.3.3).</summary>
    void NegotiateAsyncOps(int invoked = 0, int performed = 0);

    /// <summary>Sets the user identity to show; null for none (PS3.7 D.3.3.7).</summary>
    /// <exception cref="ArgumentException">It has no type, or a secondary field where its type has none.</exception>
    void NegotiateUserIdentity(DicomUserIdentityNegotiation? userIdentityNegotiation);

    /// <summary>Queues a request.</summary>
    Task AddRequestAsync(DicomRequest dicomRequest);

    /// <summary>Queues requests.</summary>
    Task AddRequestsAsync(IEnumerable<DicomRequest> dicomRequests);

    /// <summary>
    /// Sends all queued requests over one association (or as many as <see cref="DicomClientOptions.MaximumNumberOfRequestsPerAssociation"/>
    /// asks for) and returns when all are answered; the answers go to the requests' own handlers. A request whose handler was not
    /// called was not answered.
    /// </summary>
    /// <exception cref="DicomAssociationRejectedException">The peer rejected the association.</exception>
    /// <exception cref="DicomAssociationAbortedException">The association was aborted.</exception>
    /// <exception cref="DicomAssociationRequestTimedOutException">The peer did not answer the association request.</exception>
    /// <exception cref="DicomRequestTimedOutException">The peer did not answer a request in time; the association was aborted.</exception>
    /// <exception cref="DicomNetworkException">
    /// No connection, a lost connection, or requests for which the peer accepted no presentation context. All messages name the peer.
    /// </exception>
    [SuppressMessage("Design", "CA1068:CancellationToken parameters must come last", Justification = "The order is that of the API this stack is a subset of.")]
    Task SendAsync(
        CancellationToken cancellationToken = default,
        DicomClientCancellationMode cancellationMode = DicomClientCancellationMode.ImmediatelyReleaseAssociation);
}
