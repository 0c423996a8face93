using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>
/// A certificate of the node. It is looked for anew at every handshake, so that a renewed one is used without a restart; one that
/// cannot be used is logged once, and the one before stays.
/// </summary>
internal sealed class OwnCertificate
{
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMinutes(1);

    private readonly string _name;
    private readonly CertificateOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _context;
    private string _seen;
    private DateTimeOffset _lastLook;

    private OwnCertificate(
        string name, CertificateOptions options, TimeProvider time, ILogger logger, SslStreamCertificateContext context, string seen)
    {
        (_name, _options, _time, _logger, _context, _seen) = (name, options, time, logger, context, seen);
        _lastLook = time.GetUtcNow();
    }

    /// <summary>The certificate used last, without looking for a newer one.</summary>
    public X509Certificate2 Last
    {
        get
        {
            lock (_lock)
                return _context.TargetCertificate;
        }
    }

    /// <summary>Loads it.</summary>
    /// <param name="name">What it is for, in logs.</param>
    /// <param name="options">Where it comes from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where changes and faults are told.</param>
    /// <exception cref="CertificateException">It cannot be used.</exception>
    public static OwnCertificate Open(string name, CertificateOptions options, TimeProvider time, ILogger logger)
    {
        (string seen, Func<SslStreamCertificateContext> load) = Look(options, time.GetUtcNow());
        return new OwnCertificate(name, options, time, logger, load(), seen);
    }

    /// <summary>The certificate and its chain, as they are now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            // Files are read every time: a few kilobytes, and neither their dates nor watching them is reliable on every mount.
            if (string.IsNullOrEmpty(_options.File) && now - _lastLook < StoreInterval)
                return _context;
            _lastLook = now;
            try
            {
                Renew(now);
            }
            catch (CertificateException e)
            {
                TlsLog.NotRenewed(_logger, _name, e.Message, _context.TargetCertificate.NotAfter.ToUniversalTime());
            }

            return _context;
        }
    }

    /// <summary>Logs that it ends soon, or has ended.</summary>
    public void WarnOfEnd(TimeSpan before)
    {
        X509Certificate2 certificate = Current().TargetCertificate;
        DateTimeOffset now = _time.GetUtcNow();
        DateTime end = certificate.NotAfter.ToUniversalTime();
        if (end <= now)
            TlsLog.Ended(_logger, _name, certificate.Subject, end);
        else if (end - now < before)
            TlsLog.EndsSoon(_logger, _name, certificate.Subject, end, (int)(end - now).TotalDays);
    }

    private void Renew(DateTimeOffset now)
    {
        (string seen, Func<SslStreamCertificateContext> load) = Look(_options, now);
        if (seen == _seen)
            return;
        // A broken file is told once, not at every handshake.
        _seen = seen;
        SslStreamCertificateContext renewed = load();
        if (renewed.TargetCertificate.NotAfter <= now && _context.TargetCertificate.NotAfter > now)
            throw new CertificateException($"{_options.File ?? _options.Subject ?? _options.Thumbprint}: the new certificate has ended already");
        _context = renewed;
        TlsLog.Renewed(_logger, _name, renewed.TargetCertificate.Subject, renewed.TargetCertificate.NotAfter.ToUniversalTime());
    }

    private static (string Seen, Func<SslStreamCertificateContext> Load) Look(CertificateOptions options, DateTimeOffset now)
    {
        if (options.File is not { Length: > 0 } file)
        {
            X509Certificate2 certificate = StoreCertificate.Find(options, now);
            return (certificate.Thumbprint, () => Context(certificate, []));
        }

        string keyFile = options.KeyFile is { Length: > 0 } key ? key : file;
        byte[] content = PemCertificate.ReadFile(file);
        byte[] keyContent = keyFile == file ? content : PemCertificate.ReadFile(keyFile);
        string? password = options.KeyPassword
            ?? (options.KeyPasswordFile is { Length: > 0 } secret
                ? PemCertificate.Text(PemCertificate.ReadFile(secret)).Split('\n')[0].TrimEnd('\r')
                : null);
        string seen = Convert.ToHexString(SHA256.HashData([.. content, 0, .. keyContent, 0, .. Encoding.UTF8.GetBytes(password ?? "")]));
        return (seen, () =>
        {
            (X509Certificate2 certificate, X509Certificate2Collection chain) = PemCertificate.Load(
                file, PemCertificate.Text(content), keyFile, PemCertificate.Text(keyContent), password);
            return Context(certificate, chain);
        }
        );
    }

    // Offline: intermediate authorities come from the file, not from addresses in the certificate.
    private static SslStreamCertificateContext Context(X509Certificate2 certificate, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(certificate, chain, offline: true);
}
