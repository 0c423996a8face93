using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>All that secures the node's connections, read from its settings once and kept up to date by itself.</summary>
internal sealed class NodeTls
{
    private readonly NodeOptions _node;
    private readonly ILogger _logger;
    private readonly OwnCertificate? _certificate;
    private readonly PeerTrust? _trust;
    private readonly Dictionary<PeerOptions, (ITlsInitiator? Initiator, PeerTrust? Trust)> _peers = new(ReferenceEqualityComparer.Instance);
    private readonly List<OwnCertificate> _certificates = [];

    /// <exception cref="CertificateException">A certificate, key or list of authorities cannot be used.</exception>
    public NodeTls(NodeOptions node, TimeProvider time, ILoggerFactory loggers)
    {
        _node = node;
        _logger = loggers.CreateLogger("DicomRn.Node.Tls");
        _certificate = Open("the node", node.Tls.Certificate, time);
        _trust = node.Tls.Trust.IsGiven ? PeerTrust.Open("the node", node.Tls.Trust, _logger) : null;
        foreach ((string name, PeerOptions peer) in node.Peers)
        {
            if (peer.Tls is not { Enabled: true } tls)
                continue;
            PeerTrust? own = tls.Trust is { IsGiven: true } trust ? PeerTrust.Open($"peer {name}", trust, _logger) : null;
            OwnCertificate? certificate = Open($"peer {name}", tls.Certificate, time) ?? _certificate;
            _peers[peer] = (
                new PeerTlsInitiator(
                    tls, own ?? _trust ?? PeerTrust.Open($"peer {name}", tls.Trust ?? new TrustOptions(), _logger), certificate,
                    peer.AssociationTimeout, _logger),
                own);
        }
    }

    /// <summary>Every certificate of the node.</summary>
    public IReadOnlyList<OwnCertificate> Certificates => _certificates;

    /// <summary>What secures the calls to a peer; null where they are not secured.</summary>
    public ITlsInitiator? InitiatorFor(PeerOptions peer) => _peers.GetValueOrDefault(peer).Initiator;

    /// <summary>What is trusted of this peer alone; null where it has no setting of its own.</summary>
    public PeerTrust? TrustOf(PeerOptions peer) => _peers.GetValueOrDefault(peer).Trust;

    /// <summary>What secures the calls to the node.</summary>
    /// <exception cref="CertificateException">The node has no certificate.</exception>
    public ITlsAcceptor CreateAcceptor() => new NodeTlsAcceptor(
        _node.Tls, _certificate ?? throw new CertificateException("Node:Tls:Certificate is missing"),
        [.. new[] { _trust }.Concat(_peers.Values.Select(peer => peer.Trust)).OfType<PeerTrust>()], _logger);

    private OwnCertificate? Open(string use, CertificateOptions? options, TimeProvider time)
    {
        if (options is null)
            return null;
        OwnCertificate certificate = OwnCertificate.Open(use, options, time, _logger);
        _certificates.Add(certificate);
        return certificate;
    }
}
