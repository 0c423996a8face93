using System.Net.Sockets;
using DicomRn.Node.Administration.Settings;
using Microsoft.Extensions.Options;

namespace DicomRn.CommandLine;

/// <summary>
/// What a person sees of an exception: one line that names the file or peer and the reason. Exceptions of this program's own
/// projects are written to be read; those of the platform are, when they are about files, sockets and settings. Anything else
/// is a fault of the program: it gets one line too, and the way to its details.
/// </summary>
internal static class FailureReport
{
    /// <summary>Set to 1, the stack trace follows the line.</summary>
    public const string DetailsVariable = "DICOMRN_DETAILS";

    public static string Describe(Exception failure, CancellationToken cancellationToken)
    {
        string line = "dicomrn: " + OneLine(failure, cancellationToken);
        return Environment.GetEnvironmentVariable(DetailsVariable) == "1" ? line + Environment.NewLine + failure : line;
    }

    private static string OneLine(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        AggregateException { InnerExceptions: [Exception only] } => OneLine(only, cancellationToken),
        OperationCanceledException when cancellationToken.IsCancellationRequested => "interrupted.",
        // One line per setting: the list is the message.
        SettingsException settings => settings.Message,
        OptionsValidationException options => "the configuration is wrong: " + string.Join("; ", options.Failures.Select(Flatten)),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "the port is in use already.",
        _ when IsWrittenToBeRead(failure) => Flatten(failure.Message),
        _ => $"unexpected {failure.GetType().Name}: {Flatten(failure.Message)} (set {DetailsVariable}=1 for the details)",
    };

    private static bool IsWrittenToBeRead(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or InvalidDataException or SocketException or TimeoutException
            or System.Text.Json.JsonException or DicomException
        || failure.GetType().Namespace?.StartsWith(nameof(DicomRn), StringComparison.Ordinal) == true;

    private static string Flatten(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
