using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration;

/// <summary>Who the node is, where it listens and keeps its data, and whom it knows: the section <c>Node</c>.</summary>
public sealed class NodeOptions : IValidatedSettings
{
    /// <summary>The node's own AE title. Default <c>DICOMRN</c>.</summary>
    public string AeTitle { get; set; } = "DICOMRN";

    /// <summary>The address to listen on. Default <c>0.0.0.0</c>, every IPv4 address of the machine.</summary>
    public string BindAddress { get; set; } = "0.0.0.0";

    /// <summary>The port to listen on. Default 11112, the one registered for DICOM; 0 takes a free one.</summary>
    public int Port { get; set; } = 11112;

    /// <summary>
    /// The folder of the state store and of all files. Default <c>dicomrn-data</c> below the current folder. One node only.
    /// </summary>
    public string DataDirectory { get; set; } = "dicomrn-data";

    /// <summary>Whether an association must call the node by its own AE title. Default true.</summary>
    public bool CheckCalledAeTitle { get; set; } = true;

    /// <summary>Whether anyone who reaches the port may send. Default false: only peers with <c>Sends</c>.</summary>
    public bool AcceptUnknownPeers { get; set; }

    /// <summary>The other application entities, by a name of the site's choice.</summary>
    public Dictionary<string, PeerOptions> Peers { get; set; } = [];

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireAeTitle(nameof(AeTitle), AeTitle);
        errors.RequireRange(nameof(Port), Port, 0, 65535);
        if (!System.Net.IPAddress.TryParse(BindAddress, out _))
            errors.Add(nameof(BindAddress), BindAddress, "not an IP address", "an IP address of this machine, 0.0.0.0 or ::");
        if (string.IsNullOrWhiteSpace(DataDirectory))
            errors.Add(nameof(DataDirectory), DataDirectory, "missing", "a folder");
    }
}
