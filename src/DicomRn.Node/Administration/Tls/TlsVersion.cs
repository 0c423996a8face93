using System.Security.Authentication;

namespace DicomRn.Node.Administration.Tls;

/// <summary>The oldest TLS version that is spoken. Older ones than these are forbidden (RFC 8996, PS3.15 B.12).</summary>
public enum TlsVersion
{
    /// <summary>TLS 1.2 and 1.3.</summary>
    Tls12,

    /// <summary>TLS 1.3 only.</summary>
    Tls13,
}

/// <summary>What a minimum version means for the platform.</summary>
internal static class TlsVersions
{
    /// <summary>The protocols from a minimum version on.</summary>
    public static SslProtocols AndLater(this TlsVersion minimum) =>
        minimum == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
}
