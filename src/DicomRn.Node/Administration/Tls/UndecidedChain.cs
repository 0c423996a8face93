using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Node.Administration.Tls;

/// <summary>
/// Keeps the platform from building a chain to its own roots, perhaps over the network, before <see cref="PeerTrust"/> decides:
/// it only collects what the peer showed.
/// </summary>
internal static class UndecidedChain
{
    public static X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
