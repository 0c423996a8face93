using System.Security.Cryptography.X509Certificates;

namespace DicomRn.Node.Administration.Tls;

/// <summary>The names that a certificate is issued for.</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Whether a certificate holds one of <paramref name="names"/>, as subject, common name, DNS name or IP address.</summary>
    public static bool HasAny(X509Certificate2 certificate, IReadOnlyList<string> names) =>
        names.Any(name => All(certificate).Append(certificate.Subject).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The names, for people.</summary>
    public static string Describe(X509Certificate2 certificate) => string.Join(", ", All(certificate).Distinct(StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> All(X509Certificate2 certificate)
    {
        yield return certificate.GetNameInfo(X509NameType.SimpleName, false);
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != SubjectAlternativeName)
                continue;
            X509SubjectAlternativeNameExtension names = new(extension.RawData, extension.Critical);
            foreach (string name in names.EnumerateDnsNames())
                yield return name;
            foreach (System.Net.IPAddress address in names.EnumerateIPAddresses())
                yield return address.ToString();
        }
    }
}
