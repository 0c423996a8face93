using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>The authorities of a PEM file, perhaps with the system's. The file is read again when it has changed.</summary>
internal sealed class TrustedAuthorities
{
    private readonly string _use;
    private readonly string _file;
    private readonly bool _withSystemRoots;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private X509Certificate2Collection _authorities;
    private byte[] _seen;

    private TrustedAuthorities(string use, string file, bool withSystemRoots, ILogger logger, X509Certificate2Collection authorities, byte[] seen) =>
        (_use, _file, _withSystemRoots, _logger, _authorities, _seen) = (use, file, withSystemRoots, logger, authorities, seen);

    /// <summary>Reads the file.</summary>
    /// <exception cref="CertificateException">It cannot be read, or holds no certificate.</exception>
    public static TrustedAuthorities Open(string use, string file, bool withSystemRoots, ILogger logger)
    {
        byte[] content = PemCertificate.ReadFile(file);
        return new TrustedAuthorities(use, file, withSystemRoots, logger, Read(file, content, withSystemRoots), SHA256.HashData(content));
    }

    /// <summary>The authorities as they are now.</summary>
    public X509Certificate2Collection Current()
    {
        lock (_lock)
        {
            try
            {
                byte[] content = PemCertificate.ReadFile(_file);
                byte[] seen = SHA256.HashData(content);
                if (!seen.AsSpan().SequenceEqual(_seen))
                {
                    // A broken file is told once, not at every handshake.
                    _seen = seen;
                    _authorities = Read(_file, content, _withSystemRoots);
                    TlsLog.AuthoritiesRenewed(_logger, _use, _authorities.Count);
                }
            }
            catch (CertificateException e)
            {
                TlsLog.AuthoritiesNotRenewed(_logger, _use, e.Message);
            }

            return _authorities;
        }
    }

    private static X509Certificate2Collection Read(string file, byte[] content, bool withSystemRoots)
    {
        X509Certificate2Collection authorities = PemCertificate.ReadAll(file, PemCertificate.Text(content));
        if (!withSystemRoots)
            return authorities;
        using X509Store roots = new(StoreName.Root, StoreLocation.LocalMachine);
        roots.Open(OpenFlags.ReadOnly);
        authorities.AddRange(roots.Certificates);
        return authorities;
    }
}
