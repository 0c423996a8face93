using System.Security.Cryptography.X509Certificates;

namespace DicomRn.TestSupport;

/// <summary>An issued certificate with its key.</summary>
/// <param name="Certificate">It, with its private key.</param>
/// <param name="File">Its PEM file, followed by its intermediate authority's certificate if it has one.</param>
/// <param name="KeyFile">The PEM file of its key.</param>
internal sealed record TestCertificate(X509Certificate2 Certificate, string File, string KeyFile)
{
    /// <summary>SHA-256 of the certificate, in hexadecimal.</summary>
    public string Fingerprint => Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
}
