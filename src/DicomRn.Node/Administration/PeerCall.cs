namespace DicomRn.Node.Administration;

/// <summary>How a peer is called: its address, both AE titles, and the limits of the association.</summary>
public sealed record PeerCall
{
    /// <summary>Its host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The port it listens on.</summary>
    public required int Port { get; init; }

    /// <summary>Its AE title.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The AE title to call it with.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Secures the connection; null for a plain one.</summary>
    public ITlsInitiator? Tls { get; init; }

    /// <summary>The largest PDU asked of it, in bytes; null leaves it to the stack.</summary>
    public int? MaximumPduLength { get; init; }

    /// <summary>How many requests may be outstanding, as far as it agrees.</summary>
    public int OperationsAtOnce { get; init; } = 1;

    /// <summary>How long connecting may take, and then the answer to the association request; null leaves it to the stack.</summary>
    public TimeSpan? AssociationTimeout { get; init; }

    /// <summary>How long the answer to one request may take; null for any time.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>Told of every C-FIND that has ended, with what failed; null where nobody keeps account.</summary>
    internal Action<DicomCFindRequest, string?>? Queried { get; init; }

    /// <summary>The call of a peer of the settings.</summary>
    /// <param name="node">The node's own settings.</param>
    /// <param name="peer">The peer's, with host and port.</param>
    /// <param name="tls">Secures the connection; null for a plain one.</param>
    public static PeerCall Of(NodeOptions node, PeerOptions peer, ITlsInitiator? tls) => new()
    {
        Host = peer.Host ?? "",
        Port = peer.Port ?? 0,
        CalledAeTitle = peer.AeTitle,
        CallingAeTitle = peer.CallingAeTitle ?? node.AeTitle,
        Tls = tls,
        MaximumPduLength = peer.MaximumPduLength,
        OperationsAtOnce = peer.OperationsAtOnce ?? 1,
        AssociationTimeout = peer.AssociationTimeout,
        ResponseTimeout = peer.ResponseTimeout,
    };

    /// <summary>A client for one call or several.</summary>
    public IDicomClient CreateClient()
    {
        IDicomClient client = DicomClientFactory.Create(Host, Port, Tls, CallingAeTitle, CalledAeTitle);
        if (MaximumPduLength is { } length)
            client.ServiceOptions.MaxPDULength = (uint)length;
        if (OperationsAtOnce != 1)
            client.NegotiateAsyncOps(OperationsAtOnce, 1);
        if (AssociationTimeout is { } timeout)
        {
            client.ClientOptions.AssociationRequestTimeoutInMs = (int)Math.Clamp(timeout.TotalMilliseconds, 1, int.MaxValue);
            // Calling again would multiply the time; those who want to do so when they like.
            client.ClientOptions.MaximumNumberOfConsecutiveTimedOutAssociationRequests = 1;
        }

        // Every request is there before the call.
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.ServiceOptions.RequestTimeout = ResponseTimeout;
        return client;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"{CalledAeTitle}@[{Host}]:{Port}" : $"{CalledAeTitle}@{Host}:{Port}";
}
