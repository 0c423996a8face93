using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration;

/// <summary>One other application entity: <c>Node:Peers:NAME</c>.</summary>
public sealed class PeerOptions : IValidatedSettings
{
    /// <summary>Its AE title.</summary>
    public string AeTitle { get; set; } = "";

    /// <summary>Its host name or address; needed where it is called. Calls from elsewhere are refused.</summary>
    public string? Host { get; set; }

    /// <summary>The port it listens on; needed where it is called.</summary>
    public int? Port { get; set; }

    /// <summary>Further addresses it may call from; with neither these nor a host, only its AE title is checked.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Whether it may send studies to the node. Default true.</summary>
    public bool Sends { get; set; } = true;

    /// <summary>Whether results are sent to it. Default false.</summary>
    public bool ReceivesResults { get; set; }

    /// <summary>The AE title the node calls it with. Default: the node's own.</summary>
    public string? CallingAeTitle { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireAeTitle(nameof(AeTitle), AeTitle.Length == 0 ? null : AeTitle);
        if (CallingAeTitle is not null)
            errors.RequireAeTitle(nameof(CallingAeTitle), CallingAeTitle);
        if (Port is { } port)
            errors.RequireRange(nameof(Port), port, 1, 65535);
        else if (ReceivesResults)
            errors.Add(nameof(Port), null, "missing, and the peer receives results", "1 to 65535");
        if (ReceivesResults && string.IsNullOrWhiteSpace(Host))
            errors.Add(nameof(Host), null, "missing, and the peer receives results", "a host name or an address");
        foreach (string address in Addresses)
            if (!System.Net.IPAddress.TryParse(address, out _))
                errors.Add(nameof(Addresses), address, "not an IP address", "IP addresses");
    }
}
