using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Assembly;

/// <summary>Log messages of assembly: events 2000 to 2099.</summary>
internal static partial class AssemblyLog
{
    [LoggerMessage(2000, LogLevel.Information, "{Count} study or studies complete")]
    public static partial void Completed(ILogger logger, int count);
}
