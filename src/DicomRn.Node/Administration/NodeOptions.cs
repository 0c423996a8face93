using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;

namespace DicomRn.Node.Administration;

/// <summary>Who the node is, where it listens and keeps its data, and whom it knows: the section <c>Node</c>.</summary>
public sealed class NodeOptions : IValidatedSettings
{
    private const int LongestName = 32;

    /// <summary>
    /// The node's name among several that share a state store, up to 32 letters, digits and hyphens. Default: the machine's
    /// name and the port.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The node's own AE title. Default <c>DICOMRN</c>.</summary>
    public string AeTitle { get; set; } = "DICOMRN";

    /// <summary>The address to listen on. Default <c>0.0.0.0</c>, every IPv4 address of the machine.</summary>
    public string BindAddress { get; set; } = "0.0.0.0";

    /// <summary>The port to listen on. Default 11112, the one registered for DICOM; 0 takes a free one.</summary>
    public int Port { get; set; } = 11112;

    /// <summary>Whether the node listens on <see cref="Port"/>, without TLS. Default true.</summary>
    public bool ListensPlain { get; set; } = true;

    /// <summary>The secured port and the node's certificate. Default: no secured port.</summary>
    public TlsServerOptions Tls { get; set; } = new();

    /// <summary>
    /// The folder of the state store and of all files. Default <c>dicomrn-data</c> below the current folder. For one node, or
    /// with a state store on PostgreSQL shared by several, which all see it under the same path.
    /// </summary>
    public string DataDirectory { get; set; } = "dicomrn-data";

    /// <summary>Whether an association must call the node by its own AE title. Default true.</summary>
    public bool CheckCalledAeTitle { get; set; } = true;

    /// <summary>Whether anyone who reaches the port may send. Default false: only peers with <c>Sends</c>.</summary>
    public bool AcceptUnknownPeers { get; set; }

    /// <summary>The other application entities, by a name of the site's choice.</summary>
    public Dictionary<string, PeerOptions> Peers { get; set; } = [];

    /// <summary><see cref="Name"/>, or what stands for it.</summary>
    internal string NameOrDefault => string.IsNullOrEmpty(Name) ? DefaultName() : Name;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        if (!string.IsNullOrEmpty(Name) && !IsName(Name))
            errors.Add(nameof(Name), Name, "not a name of a node", $"1 to {LongestName} letters, digits and hyphens");
        errors.RequireAeTitle(nameof(AeTitle), AeTitle);
        errors.RequireRange(nameof(Port), Port, 0, 65535);
        if (!ListensPlain && Tls.Port is null)
            errors.Add(nameof(ListensPlain), ListensPlain, "the node would listen nowhere", "true, or a port in Node:Tls:Port");
        if (ListensPlain && Tls.Port == Port && Port != 0)
            errors.Add("Tls:Port", Tls.Port, "the same as Node:Port", "another port, such as 2762");
        if (Tls is { Port: not null, ClientCertificate: not ClientCertificateDemand.None, Trust.IsGiven: false }
            && !Peers.Values.Any(peer => peer.Tls is { Enabled: true, Trust.IsGiven: true }))
            errors.Add("Tls:Trust", null, "callers must show a certificate, and none would be trusted",
                "AuthoritiesFile, Pinned or SystemRoots here or for a peer, or Node:Tls:ClientCertificate = None");
        if (!System.Net.IPAddress.TryParse(BindAddress, out _))
            errors.Add(nameof(BindAddress), BindAddress, "not an IP address", "an IP address of this machine, 0.0.0.0 or ::");
        if (string.IsNullOrWhiteSpace(DataDirectory))
            errors.Add(nameof(DataDirectory), DataDirectory, "missing", "a folder");
    }

    private static bool IsName(string name) =>
        name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private string DefaultName()
    {
        string port = FormattableString.Invariant($"-{(ListensPlain ? Port : Tls.Port)}");
        string machine = new([.. Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return machine[..Math.Min(machine.Length, LongestName - port.Length)] + port;
    }
}
