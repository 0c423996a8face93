using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary>What the commands below <c>jobs</c> share: whose jobs, and how they are written.</summary>
internal sealed class JobsArguments
{
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly SettingsArguments _settings = new();

    private readonly Option<DirectoryInfo?> _data = DataOption();

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON." };

    /// <summary>The option that names a data directory.</summary>
    public static Option<DirectoryInfo?> DataOption() =>
        new("--data") { Description = "The node's data directory. Default: Node:DataDirectory of the settings." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_json);
        _settings.AddTo(command);
    }

    /// <summary>Whether JSON is wanted.</summary>
    public bool WantsJson(ParseResult arguments) => arguments.GetValue(_json);

    /// <summary>Opens the jobs of the node, running or not.</summary>
    public async Task<IJobs> OpenAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        NodeSettings settings = Read(arguments, _settings, _data);
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        return await JobsAccess.OpenAsync(settings, loggers, cancellationToken);
    }

    /// <summary>The settings, with the data directory that is named on the command line.</summary>
    public static NodeSettings Read(ParseResult arguments, SettingsArguments settings, Option<DirectoryInfo?> data)
    {
        IConfigurationRoot configuration = settings.Gather(arguments);
        if (arguments.GetValue(data) is { } directory)
            configuration["Node:DataDirectory"] = directory.FullName;
        return NodeSettings.Read(configuration);
    }

    /// <summary>Writes a value as JSON.</summary>
    public static void WriteJson<T>(TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, Format));

    /// <summary>A time for a table: UTC, to the second.</summary>
    public static string Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A C-STORE status for a table.</summary>
    public static string Status(int? status) => status is { } code ? code.ToString("X4", CultureInfo.InvariantCulture) : "-";

    /// <summary>A size for a table.</summary>
    public static string Size(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Who types.</summary>
    public static string User => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>The study that a command is for.</summary>
    public static Argument<string> StudyArgument()
    {
        Argument<string> study = new("STUDY") { Description = "Study Instance UID." };
        study.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } uid }] && !DicomUID.IsValidUid(uid))
                result.AddError($"'{uid}' is no UID: digits and dots, 64 characters at most.");
        });
        return study;
    }

    /// <summary>Writes what became of a wish.</summary>
    public int Report(ParseResult arguments, CommandConsole console, JobOutcome outcome)
    {
        if (WantsJson(arguments))
            WriteJson(console.Output, outcome);
        else
            (outcome.Result == JobResult.Done ? console.Output : console.Error).WriteLine(
                outcome.Result == JobResult.Done ? outcome.Message : $"dicomrn: {outcome.Message}");
        return outcome.Result == JobResult.Done ? ExitCode.Success : ExitCode.JobFailed;
    }

    /// <summary>The states, for help.</summary>
    public static string States => string.Join(", ", Enum.GetNames<StudyState>());
}
