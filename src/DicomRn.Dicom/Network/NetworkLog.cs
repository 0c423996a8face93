using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Network;

/// <summary>All log messages of the network, events 3000–3099. They name the peer and the reason, and never a patient.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(3000, LogLevel.Information, "Listening on {Address}:{Port}")]
    public static partial void Listening(ILogger logger, string address, int port);

    [LoggerMessage(3001, LogLevel.Information, "No longer listening on {Address}:{Port}")]
    public static partial void StoppedListening(ILogger logger, string address, int port);

    [LoggerMessage(3002, LogLevel.Error, "Accepting a connection failed: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "{Peer}: connection closed at once: {Count} connections have no association")]
    public static partial void TooManyConnections(ILogger logger, string peer, int count);

    [LoggerMessage(3004, LogLevel.Error, "{Peer}: the connection's service could not be created")]
    public static partial void ServiceNotCreated(ILogger logger, string peer, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "{Peer}: TLS handshake failed: {Reason}")]
    public static partial void TlsFailed(ILogger logger, string peer, string reason);

    [LoggerMessage(3010, LogLevel.Information, "{Peer}: association accepted, {Accepted} of {Proposed} presentation contexts")]
    public static partial void AssociationAccepted(ILogger logger, string peer, int accepted, int proposed);

    [LoggerMessage(3011, LogLevel.Warning, "{Peer}: association rejected: {Reason} (result {Result}, source {Source})")]
    public static partial void AssociationRejected(
        ILogger logger, string peer, DicomRejectReason reason, DicomRejectResult result, DicomRejectSource source);

    [LoggerMessage(3012, LogLevel.Information, "{Peer}: association released")]
    public static partial void AssociationReleased(ILogger logger, string peer);

    [LoggerMessage(3013, LogLevel.Warning, "{Peer}: the peer aborted the association: {Reason} (source {Source})")]
    public static partial void AssociationAborted(ILogger logger, string peer, DicomAbortReason reason, DicomAbortSource source);

    [LoggerMessage(3014, LogLevel.Warning, "{Peer}: association aborted by this side: {Reason}")]
    public static partial void AssociationAbortedHere(ILogger logger, string peer, string reason);

    [LoggerMessage(3015, LogLevel.Warning, "{Peer}: connection lost: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string peer, string reason);

    [LoggerMessage(3016, LogLevel.Error, "{Peer}: the service decided nothing about the association request; it is rejected")]
    public static partial void AssociationUndecided(ILogger logger, string peer);

    [LoggerMessage(3017, LogLevel.Error, "{Peer}: the service failed; the association is aborted")]
    public static partial void ServiceFailed(ILogger logger, string peer, Exception exception);

    [LoggerMessage(3018, LogLevel.Warning, "{Peer}: a maximum PDU length of {Length} bytes is too short for any data")]
    public static partial void MaximumLengthTooShort(ILogger logger, string peer, uint length);

    [LoggerMessage(3019, LogLevel.Warning, "{Peer}: connection closed before an association: {Reason}")]
    public static partial void ConnectionRefused(ILogger logger, string peer, string reason);

    [LoggerMessage(3020, LogLevel.Warning, "{Peer}: instance {SopInstanceUid} was not received: {Reason}")]
    public static partial void InstanceNotReceived(ILogger logger, string peer, string sopInstanceUid, string reason);

    [LoggerMessage(3021, LogLevel.Warning, "{Peer}: {Message}: data set cannot be parsed: {Reason}")]
    public static partial void DatasetNotParsed(ILogger logger, string peer, string message, string reason);

    [LoggerMessage(3022, LogLevel.Error, "{Peer}: performing {Message} failed")]
    public static partial void RequestHandlerFailed(ILogger logger, string peer, string message, Exception exception);

    [LoggerMessage(3023, LogLevel.Error, "{Peer}: the handler of the response to {Message} failed")]
    public static partial void ResponseHandlerFailed(ILogger logger, string peer, string message, Exception exception);

    [LoggerMessage(3024, LogLevel.Warning, "{Peer}: {Message} could not be sent: {Reason}")]
    public static partial void ResponseNotSent(ILogger logger, string peer, string message, string reason);

    [LoggerMessage(3025, LogLevel.Warning, "{Peer}: {Message} is not recognised")]
    public static partial void UnrecognizedOperation(ILogger logger, string peer, string message);

    [LoggerMessage(3026, LogLevel.Debug, "{Peer}: {Type} PDU of {Length} bytes")]
    public static partial void PduReceived(ILogger logger, string peer, string type, int length);

    [LoggerMessage(3030, LogLevel.Warning, "{Peer}: {Message} was not answered within {Timeout}")]
    public static partial void RequestTimedOut(ILogger logger, string peer, string message, TimeSpan timeout);

    [LoggerMessage(3031, LogLevel.Warning, "{Peer}: {Message} was not sent: {Reason}")]
    public static partial void RequestNotSent(ILogger logger, string peer, string message, string reason);

    [LoggerMessage(3032, LogLevel.Warning, "{Peer}: the last response to what was cancelled did not come: {Reason}")]
    public static partial void NotCancelled(ILogger logger, string peer, string reason);
}
