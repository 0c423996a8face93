using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Log messages of secured connections: events 6000 to 6099.</summary>
internal static partial class TlsLog
{
    [LoggerMessage(6000, LogLevel.Warning, "{Peer}: TLS handshake on port {Port} failed: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, string peer, int port, string reason);

    [LoggerMessage(6001, LogLevel.Debug, "{Peer}: the connection to port {Port} was closed without a TLS handshake")]
    public static partial void NoHandshake(ILogger logger, string peer, int port);

    [LoggerMessage(6010, LogLevel.Information, "Certificate for {Use} renewed: {Subject}, until {End:u}")]
    public static partial void Renewed(ILogger logger, string use, string subject, DateTime end);

    [LoggerMessage(6011, LogLevel.Error, "Certificate for {Use} not renewed: {Reason}; the one before stays in use, until {End:u}")]
    public static partial void NotRenewed(ILogger logger, string use, string reason, DateTime end);

    [LoggerMessage(6012, LogLevel.Warning, "Certificate for {Use} ({Subject}) ends in {Days} days, at {End:u}")]
    public static partial void EndsSoon(ILogger logger, string use, string subject, DateTime end, int days);

    [LoggerMessage(6013, LogLevel.Error, "Certificate for {Use} ({Subject}) has ended at {End:u}: peers that check it refuse the node")]
    public static partial void Ended(ILogger logger, string use, string subject, DateTime end);

    [LoggerMessage(6014, LogLevel.Error, "Trusted authorities of {Use} not renewed: {Reason}; those before stay in use")]
    public static partial void AuthoritiesNotRenewed(ILogger logger, string use, string reason);

    [LoggerMessage(6015, LogLevel.Information, "Trusted authorities of {Use} renewed: {Count}")]
    public static partial void AuthoritiesRenewed(ILogger logger, string use, int count);

    [LoggerMessage(6020, LogLevel.Critical, "{Use}: AcceptAnyCertificate is set: EVERY certificate is taken, anyone can read and change what is sent")]
    public static partial void AnyCertificate(ILogger logger, string use);

    [LoggerMessage(6021, LogLevel.Warning, "{Peer}: its certificate was taken unchecked (AcceptAnyCertificate): {Subject}")]
    public static partial void TakenUnchecked(ILogger logger, string peer, string subject);
}
