namespace DicomRn.Dicom.Network;

/// <summary>Time-outs and bounds that keep one peer from harming the others.</summary>
internal sealed record ServiceLimits
{
    /// <summary>ARTIM (PS3.8 9.1.5): for the A-ASSOCIATE-RQ to come, and for the peer to close after reject, release or abort.</summary>
    public TimeSpan Artim { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the next byte inside a PDU or a message, and for the peer to take what is sent, where no other is set.</summary>
    public TimeSpan Network { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the next message on an association without outstanding operations.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest association PDU in bytes: 128 contexts with some 60 transfer syntaxes each.</summary>
    public int AssociationPduLength { get; init; } = 512 * 1024;

    public int PresentationContexts { get; init; } = 128;

    /// <summary>Longest command set in bytes.</summary>
    public int CommandSetLength { get; init; } = 64 * 1024;

    /// <summary>Longest data set in bytes of a message that is not streamed (anything but C-STORE).</summary>
    public int DatasetLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes that have to come of a message in every <see cref="Network"/> time.</summary>
    public int Progress { get; init; } = 4096;

    /// <summary>Empty fragments in a row, which take no memory and bring no message nearer to its end.</summary>
    public int EmptyFragments { get; init; } = 64;

    /// <summary>Operations of one peer that are performed at once, whatever window was negotiated; further ones wait unread.</summary>
    public int OperationsAtOnce { get; init; } = 64;

    /// <summary>Connections at once that have no association, beyond which further ones are closed at once.</summary>
    public int ConnectionsWithoutAssociation { get; init; } = 1024;

    public uint AnnouncedWhenUnlimited { get; init; } = 1024 * 1024;
}
