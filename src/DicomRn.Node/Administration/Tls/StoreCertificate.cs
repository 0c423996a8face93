using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Finds the node's certificate in the system's certificate store (Windows, Linux: the .NET store of the user).</summary>
internal static class StoreCertificate
{
    /// <summary>The certificate that is meant: of several the one that is valid and ends last.</summary>
    /// <exception cref="CertificateException">There is none with a key, or the store cannot be opened.</exception>
    public static X509Certificate2 Find(CertificateOptions options, DateTimeOffset now)
    {
        StoreLocation location = options.Store switch
        {
            StoreOwner.CurrentUser => StoreLocation.CurrentUser,
            StoreOwner.LocalMachine => StoreLocation.LocalMachine,
            _ => OperatingSystem.IsWindows() ? StoreLocation.LocalMachine : StoreLocation.CurrentUser,
        };
        string wanted = options.Thumbprint is { Length: > 0 } thumbprint ? $"thumbprint {thumbprint}" : $"subject '{options.Subject}'";
        using X509Store store = new(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly);
        }
        catch (CryptographicException e)
        {
            throw new CertificateException($"the certificate store of {location} cannot be opened: {e.Message}", e);
        }

        X509Certificate2[] found = [.. store.Certificates.Where(certificate => IsMeant(certificate, options))];
        if (found.Length == 0)
            throw new CertificateException($"there is no certificate with {wanted} in the store of {location}");
        return found
            .Where(certificate => certificate.HasPrivateKey)
            .OrderByDescending(certificate => certificate.NotBefore <= now && certificate.NotAfter > now)
            .ThenByDescending(certificate => certificate.NotAfter)
            .FirstOrDefault()
            ?? throw new CertificateException($"the certificate with {wanted} in the store of {location} has no private key here");
    }

    private static bool IsMeant(X509Certificate2 certificate, CertificateOptions options)
    {
        if (options.Thumbprint is not { Length: > 0 } thumbprint)
            return certificate.Subject == options.Subject || certificate.GetNameInfo(X509NameType.SimpleName, false) == options.Subject;
        string? digits = CertificateThumbprint.Normalize(thumbprint);
        return digits == certificate.Thumbprint || digits == CertificateThumbprint.Sha256(certificate);
    }
}
