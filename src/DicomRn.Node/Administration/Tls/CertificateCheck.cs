using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Looks at every certificate and list of authorities of the settings: readable, key and dates right, a chain to a root.</summary>
internal sealed class CertificateCheck(NodeOptions node)
{
    private const int SmallestRsaKey = 2048;

    /// <summary>Looks at all of them.</summary>
    /// <returns>What was found, and what secures connections; null where anything of it cannot be used.</returns>
    public (IReadOnlyList<CheckResult> Results, NodeTls? Tls) Run()
    {
        List<CheckResult> results = [];
        Look(results, "the node", node.Tls.Certificate, node.Tls.Trust);
        foreach ((string name, PeerOptions peer) in node.Peers.OrderBy(peer => peer.Key, StringComparer.Ordinal))
        {
            if (peer.Tls is not { Enabled: true } tls)
                continue;
            Look(results, $"peer {name}", tls.Certificate, tls.Trust);
            if (peer.Sends && node.Tls.Port is null && !peer.ReceivesResults)
                results.Add(new CheckResult($"peer {name}", false, "it may send over TLS only, and Node:Tls:Port opens no secured port"));
        }

        try
        {
            return (results, new NodeTls(node, TimeProvider.System, NullLoggerFactory.Instance));
        }
        catch (CertificateException e)
        {
            if (results.All(result => result.IsWell))
                results.Add(new CheckResult("certificates", false, e.Message));
            return (results, null);
        }
    }

    private void Look(List<CheckResult> results, string use, CertificateOptions? certificate, TrustOptions? trust)
    {
        if (certificate is not null)
            results.Add(Try($"certificate of {use}", () => LookAtOwn(certificate, trust)));
        if (trust?.AcceptAnyCertificate == true)
            results.Add(new CheckResult($"trust of {use}", false, "AcceptAnyCertificate is set: anyone can read and change what is sent"));
        else if (trust?.AuthoritiesFile is { Length: > 0 } file)
            results.Add(Try($"trust of {use}", () => LookAtAuthorities(file)));
    }

    private static CheckResult Try(string subject, Func<(bool IsWell, string Finding)> look)
    {
        try
        {
            (bool isWell, string finding) = look();
            return new CheckResult(subject, isWell, finding);
        }
        catch (CertificateException e)
        {
            return new CheckResult(subject, false, e.Message);
        }
    }

    private (bool IsWell, string Finding) LookAtOwn(CertificateOptions options, TrustOptions? trust)
    {
        System.Net.Security.SslStreamCertificateContext context =
            OwnCertificate.Open("check", options, TimeProvider.System, NullLogger.Instance).Current();
        X509Certificate2 certificate = context.TargetCertificate;
        string what = $"{certificate.Subject} for {CertificateNames.Describe(certificate)}, until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
        DateTime now = DateTime.UtcNow;
        if (certificate.NotAfter.ToUniversalTime() <= now)
            return (false, $"{what}: it has ended");
        if (certificate.NotBefore.ToUniversalTime() > now)
            return (false, $"{what}: it begins at {certificate.NotBefore.ToUniversalTime():u} only");
        using (System.Security.Cryptography.RSA? rsa = certificate.GetRSAPublicKey())
            if (rsa?.KeySize < SmallestRsaKey)
                return (false, $"{what}: its RSA key has {rsa.KeySize} bits, {SmallestRsaKey} are the least (RFC 9325 4.5)");
        List<string> remarks = [];
        if (certificate.NotAfter.ToUniversalTime() - now < node.Tls.ExpiryWarning)
            remarks.Add($"it ends in {(int)(certificate.NotAfter.ToUniversalTime() - now).TotalDays} days");
        if (ChainProblem(certificate, [.. context.IntermediateCertificates], trust) is { } problem)
            remarks.Add(problem);
        return (true, remarks.Count == 0 ? $"{what}; key right, chain complete" : $"{what}; key right; but {string.Join(", and ", remarks)}");
    }

    /// <summary>Peers may trust other authorities than the node: an incomplete chain is told, but is no failure.</summary>
    private static string? ChainProblem(X509Certificate2 certificate, X509Certificate2[] intermediates, TrustOptions? trust)
    {
        PeerTrust judge = PeerTrust.Open("check", new TrustOptions
        {
            AuthoritiesFile = trust?.AuthoritiesFile,
            SystemRoots = true,
        }, NullLogger.Instance);
        return judge.Refuse(certificate, [.. intermediates], CertificateUsage.Server) is { } refusal
            ? $"no root known here completes its chain ({refusal})"
            : null;
    }

    private static (bool IsWell, string Finding) LookAtAuthorities(string file)
    {
        X509Certificate2Collection authorities = PemCertificate.ReadAll(file, PemCertificate.Text(PemCertificate.ReadFile(file)));
        string[] ended = [.. authorities.Where(a => a.NotAfter.ToUniversalTime() <= DateTime.UtcNow).Select(a => a.Subject)];
        if (ended.Length == authorities.Count)
            return (false, $"{file}: all of its {authorities.Count} authorities have ended");
        return authorities.Any(a => a.Subject == a.Issuer)
            ? (true, $"{file}: {authorities.Count} authorities{(ended.Length > 0 ? $", of which ended: {string.Join("; ", ended)}" : "")}")
            : (false, $"{file}: there is no self-signed root among its {authorities.Count} certificates: nothing can be trusted by it");
    }
}
