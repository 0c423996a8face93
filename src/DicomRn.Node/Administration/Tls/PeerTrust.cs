using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Decides whether a certificate of a peer is trusted.</summary>
internal sealed class PeerTrust
{
    private readonly TrustOptions _options;
    private readonly TrustedAuthorities? _authorities;
    private readonly HashSet<string> _pinned;

    private PeerTrust(TrustOptions options, TrustedAuthorities? authorities, HashSet<string> pinned) =>
        (_options, _authorities, _pinned) = (options, authorities, pinned);

    /// <summary>Whether every certificate is taken.</summary>
    public bool IsBlind => _options.AcceptAnyCertificate;

    /// <summary>Reads what the settings name.</summary>
    /// <param name="use">Whose certificates it is for, in logs.</param>
    /// <param name="options">What is trusted; nothing given means the system's authorities.</param>
    /// <param name="logger">Where changes and faults are told.</param>
    /// <exception cref="CertificateException">The file of authorities cannot be used.</exception>
    public static PeerTrust Open(string use, TrustOptions options, ILogger logger)
    {
        if (options.AcceptAnyCertificate)
            TlsLog.AnyCertificate(logger, use);
        TrustedAuthorities? authorities = options.AuthoritiesFile is { Length: > 0 } file
            ? TrustedAuthorities.Open(use, file, options.SystemRoots, logger)
            : null;
        return new PeerTrust(
            options, authorities, [.. options.Pinned.Select(CertificateThumbprint.Normalize).OfType<string>()]);
    }

    /// <summary>Whether the certificate itself is named by the settings, whoever issued it.</summary>
    public bool IsPinned(X509Certificate2 certificate) => _pinned.Contains(CertificateThumbprint.Sha256(certificate));

    /// <summary>Why a certificate is not trusted; null if it is.</summary>
    /// <param name="certificate">What the peer showed.</param>
    /// <param name="shown">What it showed with it: intermediate authorities.</param>
    /// <param name="usage">For what it must be issued, an extended key usage (RFC 5280 4.2.1.12).</param>
    public string? Refuse(X509Certificate2 certificate, X509Certificate2Collection shown, CertificateUsage usage)
    {
        if (IsBlind)
            return null;
        if (IsPinned(certificate))
            return DateTime.Now < certificate.NotBefore || DateTime.Now > certificate.NotAfter
                ? $"the pinned certificate {certificate.Subject} is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u} only"
                : null;
        if (_authorities is null && !_options.SystemRoots && _pinned.Count > 0)
            return $"the certificate {certificate.Subject} is none of those pinned (SHA-256 {CertificateThumbprint.Sha256(certificate)})";
        using X509Chain chain = new();
        chain.ChainPolicy.ExtraStore.AddRange(shown);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage == CertificateUsage.Server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2"));
        chain.ChainPolicy.RevocationMode = _options.Revocation switch
        {
            CertificateRevocation.Online => X509RevocationMode.Online,
            CertificateRevocation.Offline => X509RevocationMode.Offline,
            _ => X509RevocationMode.NoCheck,
        };
        // What the peer shows must suffice: nobody who is not trusted yet makes the node fetch anything.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (_authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_authorities.Current());
        }

        try
        {
            return chain.Build(certificate) ? null : $"the certificate {certificate.Subject} is not trusted: {Describe(chain)}";
        }
        catch (CryptographicException e)
        {
            return $"the certificate {certificate.Subject} cannot be checked: {e.Message}";
        }
    }

    private static string Describe(X509Chain chain) => string.Join(", ", chain.ChainStatus.Select(status => status.Status switch
    {
        X509ChainStatusFlags.NotTimeValid => "it, or one of its authorities, has ended or not begun",
        X509ChainStatusFlags.UntrustedRoot => "its authority is not trusted",
        X509ChainStatusFlags.PartialChain => "no trusted authority vouches for it, or an intermediate one is missing",
        X509ChainStatusFlags.NotValidForUsage => "it is not issued for this use",
        X509ChainStatusFlags.Revoked => "it is revoked",
        X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation => "its revocation list cannot be had",
        _ => status.Status.ToString(),
    }).Distinct());
}
