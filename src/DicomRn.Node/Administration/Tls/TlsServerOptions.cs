using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Tls;

/// <summary>The node's secured port and its certificate (PS3.15 B.12): <c>Node:Tls</c>.</summary>
public sealed class TlsServerOptions : IValidatedSettings
{
    /// <summary>The port for secured associations, 2762 by registration; 0 takes a free one. Default: none is opened.</summary>
    public int? Port { get; set; }

    /// <summary>The node's own certificate, shown to callers, and to called peers that have no other setting.</summary>
    public CertificateOptions? Certificate { get; set; }

    /// <summary>Whether callers must show a certificate. Default Required.</summary>
    public ClientCertificateDemand ClientCertificate { get; set; }

    /// <summary>Which certificates of callers are trusted, and of called peers that have no other setting.</summary>
    public TrustOptions Trust { get; set; } = new();

    /// <summary>The oldest TLS version callers may speak. Default Tls12.</summary>
    public TlsVersion MinimumVersion { get; set; }

    /// <summary>How long a caller's handshake may take. Default 15 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long before the end of a certificate of the node a warning is logged every day. Default 30 days.</summary>
    public TimeSpan ExpiryWarning { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        if (Port is { } port)
            errors.RequireRange(nameof(Port), port, 0, 65535);
        if (Port is not null && Certificate is null)
            errors.Add(nameof(Certificate), null, "missing, and there is a secured port", "a File, or a Thumbprint or Subject in the store");
        errors.RequireRange(nameof(HandshakeTimeout), HandshakeTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        errors.RequireRange(nameof(ExpiryWarning), ExpiryWarning, TimeSpan.Zero, TimeSpan.FromDays(3650));
    }
}
