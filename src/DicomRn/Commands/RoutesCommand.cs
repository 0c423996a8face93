using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Delivery;

namespace DicomRn.Commands;

/// <summary><c>dicomrn routes</c>: a dry run of the routes of the settings on a stored study.</summary>
internal sealed class RoutesCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Option<string> _study = new("--study")
    {
        Description = "Study Instance UID of a study that the node has stored.",
        HelpName = "UID",
        Required = true,
    };

    private readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "The node's data directory, by default that of the settings; the node may be running.",
        HelpName = "DIR",
    };

    private readonly Option<DateTimeOffset?> _at = new("--at")
    {
        Description = "The time to compare hours with, as in 2026-03-01T18:30; local where it has no offset. Default: now.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write the plan as JSON." };

    private readonly SettingsArguments _settings = new();

    public RoutesCommand(CommandConsole console)
        : base(console, "routes", "Tells where the routes of the settings send the results of a stored study, when, and by which route; sends nothing.")
    {
        Add(_study);
        Add(_data);
        Add(_at);
        Add(_json);
        _settings.AddTo(this);
        AddExample("routes --study 1.2.3 --config new.json --data /var/lib/dicomrn", "tries new settings before the node gets them");
        AddExample("routes --study 1.2.3 --at 2026-03-01T20:00 --json", "where results would go that evening, for a program");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        NodeSettings settings = NodeSettings.Read(_settings.Gather(arguments));
        if (arguments.GetValue(_data) is { } directory)
            settings.Node.DataDirectory = directory.FullName;
        RoutePlan plan = await RouteDryRun.PlanAsync(
            settings, arguments.GetRequiredValue(_study), arguments.GetValue(_at) ?? DateTimeOffset.Now, cancellationToken);
        if (arguments.GetValue(_json))
        {
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(plan, Format));
            return ExitCode.Success;
        }

        await Console.Output.WriteLineAsync($"study    {plan.StudyInstanceUid}, {plan.State}");
        await Console.Output.WriteLineAsync($"sent by  {string.Join(", ", plan.Sources)}");
        await Console.Output.WriteLineAsync(plan.IsAssumed
            ? "results  none yet; as if it were answered with one of each kind"
            : $"results  {plan.Outcome}");
        await Console.Output.WriteLineAsync();
        TextTable table = new("result", ">number", "destination", "routes", "when", "now");
        foreach (var same in plan.Results.GroupBy(r => (r.Kind, r.Destination, r.Routes, r.NotBefore, r.State)))
            table.Add(
                same.Key.Kind.ToString(), same.Count().ToString(CultureInfo.InvariantCulture), same.Key.Destination ?? "nowhere",
                same.Key.Routes ?? (same.Key.Destination is null ? "none matches" : "no routes set"), When(same.First()), same.Key.State?.ToString() ?? "");
        table.Write(Console.Output);
        return ExitCode.Success;
    }

    private static string When(PlannedResult result) =>
        result.Destination is null ? ""
        : result.NotBefore is { } time ? time.ToLocalTime().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)
        : "at once";
}
