using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Administration.Audit;

/// <summary>Where audit messages are sent (PS3.15 A.6 and A.7): <c>Administration:Audit:Syslog</c>.</summary>
public sealed class AuditSyslogOptions : IValidatedSettings
{
    /// <summary>The server's host name or address.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default 6514 over TLS, 514 over UDP.</summary>
    public int? Port { get; set; }

    /// <summary>How messages go there. Default Tls.</summary>
    public SyslogTransport Transport { get; set; }

    /// <summary>What is shown to it and trusted of it, as for a peer; without, the system's authorities are trusted.</summary>
    public PeerTlsOptions Tls { get; set; } = new();

    /// <summary>How long connecting and securing may take. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after a failure, doubled with each further one, up to 5 min. Default 5 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The port with its default.</summary>
    internal int EffectivePort => Port ?? (Transport == SyslogTransport.Tls ? 6514 : 514);

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(Host))
            errors.Add(nameof(Host), Host, "missing", "a host name or address");
        if (Port is { } port)
            errors.RequireRange(nameof(Port), port, 1, 65535);
        errors.RequireRange(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        errors.RequireRange(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
    }
}

/// <summary>How syslog messages travel.</summary>
public enum SyslogTransport
{
    /// <summary>Over TLS 1.2 or later (RFC 5425).</summary>
    Tls,

    /// <summary>Over UDP (RFC 5426): readable by all in between, and whatever is lost is lost.</summary>
    Udp,
}
