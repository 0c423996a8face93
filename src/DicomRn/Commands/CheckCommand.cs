using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Commands;

/// <summary><c>dicomrn check</c>: the settings, and whether everything they name is there.</summary>
internal sealed class CheckCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly SettingsArguments _settings = new();

    private readonly Option<bool> _json = new("--json") { Description = "Write the findings as JSON." };

    public CheckCommand(CommandConsole console)
        : base(console, "check", "Checks the settings, echoes every peer and loads the model, without starting the node.")
    {
        _settings.AddTo(this);
        Add(_json);
        AddExample("check --config /etc/dicomrn/appsettings.json", "before the node is started");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        List<CheckResult> results = [];
        try
        {
            NodeSettings settings = NodeSettings.Read(_settings.Gather(arguments));
            results.Add(new CheckResult("settings", true, "no errors"));
            results.AddRange(await Console.WatchAsync("Checking", _ => new NodeCheck(settings).RunAsync(cancellationToken)));
        }
        catch (SettingsException wrong)
        {
            results.AddRange(wrong.Errors.Select(error => new CheckResult("settings", false, error.ToString())));
        }

        if (arguments.GetValue(_json))
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(results, JsonOptions));
        else
            WriteTable(results);
        return results.All(result => result.IsWell) ? ExitCode.Success : ExitCode.JobFailed;
    }

    private void WriteTable(List<CheckResult> results)
    {
        TextTable table = new("", "checked", "finding");
        foreach (CheckResult result in results)
            table.Add(result.IsWell ? "ok" : "FAIL", result.Subject, result.Finding);
        table.Write(Console.Output);
    }
}
