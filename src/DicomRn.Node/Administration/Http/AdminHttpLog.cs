using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Administration.Http;

/// <summary>Log messages of the administration interface: events 6320 to 6339.</summary>
internal static partial class AdminHttpLog
{
    [LoggerMessage(6320, LogLevel.Information, "Administration interface on {Address}")]
    public static partial void Listening(ILogger logger, Uri address);
}
