using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Delivery;

namespace DicomRn.Node.Receiving;

/// <summary>The node's policy: peers of the settings, the storage classes it works with, syntaxes it can read.</summary>
internal sealed class KnownPeersPolicy(NodeOptions options, ReceivingOptions receiving, NodeTls? tlsOfNode = null) : IAssociationPolicy
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    /// <summary>SOP classes by UID: MR, Enhanced MR, Legacy Converted Enhanced MR, CT, RT Structure Set, RT Plan, RT Dose,
    /// Segmentation, Label Map Segmentation, Spatial Registration, Deformable Spatial Registration.</summary>
    internal static readonly FrozenSet<string> StorageClasses = FrozenSet.ToFrozenSet(
        new[] { "4", "4.1", "4.4", "2", "481.3", "481.5", "481.2", "66.4", "66.7", "66.1", "66.3" }.Select(c => Storage + c));

    internal static readonly DicomTransferSyntax[] VerificationTransferSyntaxes =
        [DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian];

    private readonly DicomTransferSyntax[] _transferSyntaxes = ReadableTransferSyntaxes.Of(receiving);

    public async Task<AssociationDecision> DecideAsync(DicomAssociation association, CallerConnection caller)
    {
        if (options.CheckCalledAeTitle && association.CalledAE.Trim() != options.AeTitle.Trim())
            return AssociationDecision.Reject(DicomRejectReason.CalledAENotRecognized, "it calls another AE title than the node's");
        string? refusal = null;
        foreach ((string name, PeerOptions peer) in options.Peers)
        {
            if (peer.AeTitle.Trim() != association.CallingAE.Trim())
                continue;
            string? reason = await RefuseAsync(peer, association, caller);
            if (reason is null)
                return AssociationDecision.Accept(peer);
            refusal = refusal is null ? $"peer {name}: {reason}" : $"{refusal}; peer {name}: {reason}";
        }

        return options.AcceptUnknownPeers
            ? AssociationDecision.Accept()
            : AssociationDecision.Reject(DicomRejectReason.CallingAENotRecognized, refusal ?? "no peer has this AE title");
    }

    public DicomTransferSyntax[]? Accept(DicomPresentationContext context, DicomAssociation association, AssociationDecision decision)
    {
        if (context.AbstractSyntax == DicomUID.Verification)
            return VerificationTransferSyntaxes;
        if (context.AbstractSyntax == DicomUID.StorageCommitmentPushModel)
            return options.Peers.Values.Any(peer => peer.AeTitle.Trim() == association.CallingAE.Trim() && Reports(peer)) ? VerificationTransferSyntaxes : null;
        if (decision.Peer is { Sends: false } && !options.AcceptUnknownPeers)
            return null;
        if (!StorageClasses.Contains(context.AbstractSyntax.UID) && !IsSpecialization(context.AbstractSyntax, association))
            return null;
        return decision.Peer is { TransferSyntaxes.Count: > 0 } peer
            ? [.. peer.TransferSyntaxes.Select(wanted => _transferSyntaxes.FirstOrDefault(s => s.UID.UID == wanted)).OfType<DicomTransferSyntax>()]
            : _transferSyntaxes;
    }

    /// <summary>
    /// Whether the caller says of a storage class, private or newer than the node, that its instances can be taken for those of
    /// a class the node works with (SOP class common extended negotiation, PS3.7 D.3.3.6, PS3.4 B.3.1.4).
    /// </summary>
    private static bool IsSpecialization(DicomUID sopClass, DicomAssociation association) =>
        association.ExtendedNegotiations.Contains(sopClass)
        && association.ExtendedNegotiations[sopClass] is { } said
        && said.ServiceClassUid == DicomUID.Storage
        && said.RelatedGeneralSopClasses.Any(general => StorageClasses.Contains(general.UID));

    /// <summary>Why a caller is not this peer, or may not call; null if it is and may.</summary>
    private async Task<string?> RefuseAsync(PeerOptions peer, DicomAssociation association, CallerConnection caller)
    {
        bool reports = Reports(peer) && association.PresentationContexts.Any(context => context.AbstractSyntax == DicomUID.StorageCommitmentPushModel);
        if (!peer.Sends && !peer.Echoes && !reports)
            return "it may neither send nor echo";
        if (!peer.Sends && !reports && association.PresentationContexts.All(context => context.AbstractSyntax != DicomUID.Verification))
            return "it may echo only";
        if (!await IsAtAsync(peer, caller.Host))
            return $"it may not call from {caller.Host}";
        if (peer.Tls is not { Enabled: true } tls)
            return null;
        if (!caller.IsSecured)
            return "it may call over TLS only";
        PeerTrust? trust = tlsOfNode?.TrustOf(peer);
        if (caller.Certificate is not { } certificate)
            return trust is null && tls.CertificateNames.Count == 0 ? null : "it shows no certificate";
        // What the port trusts may be trusted for another peer only. Intermediate authorities were checked in the handshake.
        if (trust?.Refuse(certificate, caller.Shown, CertificateUsage.Client) is { } refusal)
            return refusal;
        return tls.CertificateNames.Count == 0 || CertificateNames.HasAny(certificate, tls.CertificateNames)
            ? null
            : $"its certificate {certificate.Subject} is for {CertificateNames.Describe(certificate)}, none of CertificateNames";
    }

    /// <summary>Whether a peer is asked for storage commitment, and so may call with its reports.</summary>
    private static bool Reports(PeerOptions peer) => peer is { ReceivesResults: true, Commitment: PeerCommitment.StorageCommitment };

    private static async Task<bool> IsAtAsync(PeerOptions peer, string remoteHost)
    {
        if (string.IsNullOrEmpty(peer.Host) && peer.Addresses.Count == 0)
            return true;
        if (!IPAddress.TryParse(remoteHost, out IPAddress? remote))
            return false;
        remote = Plain(remote);
        if (peer.Addresses.Any(address => Plain(IPAddress.Parse(address)).Equals(remote)))
            return true;
        if (string.IsNullOrEmpty(peer.Host))
            return false;
        try
        {
            return (await Dns.GetHostAddressesAsync(peer.Host)).Any(address => Plain(address).Equals(remote));
        }
        catch (SocketException)
        {
            // A name that cannot be resolved names nobody.
            return false;
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
