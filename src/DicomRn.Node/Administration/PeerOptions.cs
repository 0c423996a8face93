using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Administration.Tls;
using DicomRn.Node.Delivery;

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

    /// <summary>What it has to say beyond the answer to a C-STORE before a result counts as delivered to it. Default: Query.</summary>
    public PeerCommitment Commitment { get; set; } = PeerCommitment.Query;

    /// <summary>
    /// Whether, and how, objects are fetched from it that a study lacks: contours, registrations, planning images, earlier results.
    /// Default: None.
    /// </summary>
    public PeerFetch Fetch { get; set; }

    /// <summary>Whether it may ask the node with C-ECHO even where it may not send. Default true.</summary>
    public bool Echoes { get; set; } = true;

    /// <summary>How connections with it are secured. Default: they are not.</summary>
    public PeerTlsOptions? Tls { get; set; }

    /// <summary>The largest PDU asked of it, in bytes. Default: <c>Receiving:MaximumPduLength</c>.</summary>
    public int? MaximumPduLength { get; set; }

    /// <summary>
    /// How many instances may be unacknowledged on an association with it, as far as it agrees (asynchronous operations window,
    /// PS3.7 D.3.3.3). Default: <c>Receiving:OperationsAtOnce</c> where it sends, 1 where it is sent to.
    /// </summary>
    public int? OperationsAtOnce { get; set; }

    /// <summary>How long connecting and securing the connection may take, and then the answer to the association request. Default 10 s.</summary>
    public TimeSpan AssociationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take over the answer to one request; then the association is aborted. Default 1 min.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// UIDs of the transfer syntaxes taken from it, the most wanted first; those that the node cannot read are left out. Default:
    /// all that the node can read.
    /// </summary>
    public IReadOnlyList<string> TransferSyntaxes { get; set; } = [];

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
        if (Fetch != PeerFetch.None && Port is null && !ReceivesResults)
            errors.Add(nameof(Port), null, "missing, and objects are fetched from the peer", "1 to 65535");
        if (Fetch != PeerFetch.None && !ReceivesResults && string.IsNullOrWhiteSpace(Host))
            errors.Add(nameof(Host), null, "missing, and objects are fetched from the peer", "a host name or an address");
        if (MaximumPduLength is { } length)
            errors.RequireRange(nameof(MaximumPduLength), length, 4_096, 16_777_216);
        if (OperationsAtOnce is { } operations)
            errors.RequireRange(nameof(OperationsAtOnce), operations, 1, 64);
        errors.RequireRange(nameof(AssociationTimeout), AssociationTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        errors.RequireRange(nameof(ResponseTimeout), ResponseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        foreach (string syntax in TransferSyntaxes)
            if (!DicomUID.IsValidUid(syntax))
                errors.Add(nameof(TransferSyntaxes), syntax, "not a UID", "UIDs of transfer syntaxes");
        foreach (string address in Addresses)
            if (!System.Net.IPAddress.TryParse(address, out _))
                errors.Add(nameof(Addresses), address, "not an IP address", "IP addresses");
    }
}
