namespace DicomRn.Node.QueryRetrieve;

/// <summary>A peer to call.</summary>
/// <param name="Host">Its host name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="AeTitle">Its AE title.</param>
/// <param name="CallingAeTitle">The AE title to call it with.</param>
/// <param name="Timeout">How long it may keep silent after a request.</param>
public sealed record RemotePeer(string Host, int Port, string AeTitle, string CallingAeTitle, TimeSpan Timeout)
{
    /// <summary>Secures the connection; null for a plain one.</summary>
    public ITlsInitiator? Tls { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{AeTitle}@{Host}:{Port}";

    internal IDicomClient CreateClient()
    {
        IDicomClient client = DicomClientFactory.Create(Host, Port, Tls, CallingAeTitle, AeTitle);
        client.ClientOptions.AssociationRequestTimeoutInMs = (int)Math.Clamp(Timeout.TotalMilliseconds, 1, int.MaxValue);
        client.ClientOptions.MaximumNumberOfConsecutiveTimedOutAssociationRequests = 1;
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.ServiceOptions.RequestTimeout = Timeout;
        return client;
    }
}
