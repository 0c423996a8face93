using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Tls;

/// <summary>How connections with one peer are secured: <c>Node:Peers:NAME:Tls</c>.</summary>
public sealed class PeerTlsOptions : IValidatedSettings
{
    /// <summary>
    /// Whether the node calls the peer over TLS, and takes its calls on the secured port only. Default true; without the section
    /// <c>Tls</c> the peer is called without, and may call on either port.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The certificate shown to this peer. Default: <c>Node:Tls:Certificate</c>, if there is one.</summary>
    public CertificateOptions? Certificate { get; set; }

    /// <summary>Which certificates of this peer are trusted. Default: <c>Node:Tls:Trust</c> if it names any, else the system's authorities.</summary>
    public TrustOptions? Trust { get; set; }

    /// <summary>Whether the certificate of the called peer must name its host. Default true. A pinned one need not.</summary>
    public bool VerifyHostName { get; set; } = true;

    /// <summary>The name that the certificate of the called peer must hold. Default: the peer's <c>Host</c>.</summary>
    public string? HostName { get; set; }

    /// <summary>
    /// Names of which the certificate of this peer, when it calls, must hold one: a common name, a DNS name, an IP address or a
    /// whole subject. Default: any trusted certificate may use the peer's AE title.
    /// </summary>
    public IReadOnlyList<string> CertificateNames { get; set; } = [];

    /// <summary>The oldest TLS version spoken with it. Default Tls12.</summary>
    public TlsVersion MinimumVersion { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        foreach (string name in CertificateNames)
            if (string.IsNullOrWhiteSpace(name))
                errors.Add(nameof(CertificateNames), name, "empty", "names");
    }
}
