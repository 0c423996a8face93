using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using DicomRn.Node.Administration;

namespace DicomRn.Node.Receiving;

/// <summary>The node's policy: peers of the settings, the storage classes it works with, syntaxes it can read.</summary>
internal sealed class KnownPeersPolicy(NodeOptions options) : IAssociationPolicy
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    /// <summary>SOP classes by UID: MR, Enhanced MR, Legacy Converted Enhanced MR, CT, RT Structure Set, RT Plan, RT Dose,
    /// Segmentation, Label Map Segmentation, Spatial Registration, Deformable Spatial Registration.</summary>
    internal static readonly FrozenSet<string> StorageClasses = FrozenSet.ToFrozenSet(
        new[] { "4", "4.1", "4.4", "2", "481.3", "481.5", "481.2", "66.4", "66.7", "66.1", "66.3" }.Select(c => Storage + c));

    internal static readonly DicomTransferSyntax[] TransferSyntaxes =
    [
        DicomTransferSyntax.ExplicitVRLittleEndian,
        DicomTransferSyntax.ImplicitVRLittleEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
    ];

    internal static readonly DicomTransferSyntax[] VerificationTransferSyntaxes =
        [DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian];

    public async Task<DicomRejectReason?> RejectAsync(DicomAssociation association)
    {
        if (options.CheckCalledAeTitle && association.CalledAE.Trim() != options.AeTitle.Trim())
            return DicomRejectReason.CalledAENotRecognized;
        if (options.AcceptUnknownPeers)
            return null;
        foreach (PeerOptions peer in options.Peers.Values)
            if (peer.Sends && peer.AeTitle.Trim() == association.CallingAE.Trim() && await IsAtAsync(peer, association.RemoteHost))
                return null;
        return DicomRejectReason.CallingAENotRecognized;
    }

    public DicomTransferSyntax[]? Accept(DicomPresentationContext context)
    {
        if (context.AbstractSyntax == DicomUID.Verification)
            return VerificationTransferSyntaxes;
        return StorageClasses.Contains(context.AbstractSyntax.UID) ? TransferSyntaxes : null;
    }

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
