using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Audit;

/// <summary>The audit trail (PS3.15 A.5): <c>Administration:Audit</c>. It holds patient IDs and names; logs never do.</summary>
public sealed class AuditOptions : IValidatedSettings
{
    /// <summary>Whether there is one. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The folder of its files, one message per line. Default: <c>audit</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>A file that has grown to this many bytes is followed by another, as every day is. Default 64 MiB.</summary>
    public long MaximumFileSize { get; set; } = 64 << 20;

    /// <summary>How long files are kept that, where there is a syslog server, were sent to it. Default: for ever.</summary>
    public TimeSpan? KeepFor { get; set; }

    /// <summary>AuditSourceID. Default: the node's AE title and the machine's name.</summary>
    public string? SourceId { get; set; }

    /// <summary>AuditEnterpriseSiteID. Default: none.</summary>
    public string? SiteId { get; set; }

    /// <summary>The syslog server that gets every message. Default: none.</summary>
    public AuditSyslogOptions? Syslog { get; set; }

    internal string SourceIdOf(NodeOptions node) => SourceId is { Length: > 0 } given ? given : $"{node.AeTitle}@{System.Net.Dns.GetHostName()}";

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(MaximumFileSize), MaximumFileSize, 64L << 10, 1L << 40);
        if (KeepFor is { } keep)
            errors.RequireRange(nameof(KeepFor), keep, TimeSpan.FromDays(1), TimeSpan.FromDays(36_500));
        if (!Enabled && Syslog is not null)
            errors.Add(nameof(Syslog), Syslog.Host, "there is no audit trail to send", "Enabled = true, or no Syslog");
    }
}
