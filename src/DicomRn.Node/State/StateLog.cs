using Microsoft.Extensions.Logging;

namespace DicomRn.Node.State;

/// <summary>Log messages of the state store: events 5000 to 5099.</summary>
internal static partial class StateLog
{
    [LoggerMessage(5000, LogLevel.Information, "State store: {Count} migration(s) applied, now at {Migration}")]
    public static partial void Migrated(ILogger logger, int count, string migration);
}
