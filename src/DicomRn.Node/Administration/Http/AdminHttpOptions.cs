using System.Net;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Administration.Http;

/// <summary>The administration interface: <c>Administration:Http</c>.</summary>
public sealed class AdminHttpOptions : IValidatedSettings
{
    /// <summary>Whether there is one. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The address to listen on. Default <c>127.0.0.1</c>: this machine only.</summary>
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <summary>The port; 0, the default, takes a free one, which <c>admin/endpoint.json</c> in the data directory tells.</summary>
    public int Port { get; set; }

    /// <summary>The file of the access token. Default: <c>admin/token</c> in the data directory, made at the first start.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Host names, beside the address it listens on, by which it may be called. Default: none.</summary>
    public IReadOnlyList<string> HostNames { get; set; } = [];

    /// <summary>The certificate; with one it speaks TLS only. Default: none.</summary>
    public CertificateOptions? Certificate { get; set; }

    /// <summary>Whether other machines may use it without TLS, so that whoever is in between can read the token. Default false.</summary>
    public bool AllowPlainFromElsewhere { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(Port), Port, 0, 65535);
        errors.RequireFile(nameof(TokenFile), TokenFile);
        if (!IPAddress.TryParse(BindAddress, out IPAddress? address))
            errors.Add(nameof(BindAddress), BindAddress, "not an IP address", "an IP address of this machine, 127.0.0.1 or ::1");
        else if (!IPAddress.IsLoopback(address) && Certificate is null && !AllowPlainFromElsewhere)
            errors.Add(nameof(BindAddress), BindAddress, "other machines could reach it, and there is no TLS",
                "127.0.0.1, or a Certificate, or AllowPlainFromElsewhere = true");
        foreach (string name in HostNames)
            if (Uri.CheckHostName(name) == UriHostNameType.Unknown)
                errors.Add(nameof(HostNames), name, "not a host name", "host names without port");
    }
}
