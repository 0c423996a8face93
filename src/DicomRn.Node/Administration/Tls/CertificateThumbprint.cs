using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Fingerprints of certificates, as people copy them: in any case, with colons or spaces.</summary>
internal static class CertificateThumbprint
{
    /// <summary>The digits alone, in upper case; null where there is anything else.</summary>
    public static string? Normalize(string text)
    {
        string digits = string.Concat(text.Where(c => c is not (':' or ' ' or '-'))).ToUpperInvariant();
        return digits.Length > 0 && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    /// <summary>The SHA-256 fingerprint of a certificate.</summary>
    public static string Sha256(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
