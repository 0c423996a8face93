using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Receiving;

/// <summary>What a <see cref="FolderReceiver"/> is to do.</summary>
public sealed record FolderReceiverSettings
{
    /// <summary>Where the files go; created if absent.</summary>
    public required string Folder { get; init; }

    /// <summary>The IP address to listen on. Default: every IPv4 address of the machine.</summary>
    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The AE title it must be called by; null for any.</summary>
    public string? AeTitle { get; init; }

    /// <summary>The certificate and what callers must show; its <c>Port</c> is not used. Null for plain connections.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>What is durable before an instance is acknowledged. Default: the file.</summary>
    public ReceiveDurability Sync { get; init; } = ReceiveDurability.File;
}
