using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Backup;

namespace DicomRn.Commands;

/// <summary><c>dicomrn backup</c>: copies a data directory, whether its node runs or not.</summary>
internal sealed class BackupCommand : ProgramCommand
{
    private readonly Option<DirectoryInfo?> _data = JobsArguments.DataOption();

    private readonly Option<string> _output = new("--output")
    {
        Description = "A new folder, or a new file that ends with .tar.",
        Required = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write what is in it as JSON." };

    private readonly SettingsArguments _settings = new();

    public BackupCommand(CommandConsole console)
        : base(console, "backup", "Backs up state and files of a node, which may go on working.")
    {
        Add(_data);
        Add(_output);
        Add(_json);
        _settings.AddTo(this);
        AddExample("backup --data /var/lib/dicomrn --output /backup/dicomrn-2026-03-01.tar", "beside the running node");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string data = arguments.GetValue(_data)?.FullName
            ?? JobsArguments.Read(arguments, _settings, _data).Node.DataDirectory;
        string output = arguments.GetRequiredValue(_output);
        BackupManifest manifest = await Console.TrackAsync(
            "Copying", progress => new NodeBackup(data).WriteAsync(output, progress, cancellationToken));
        if (arguments.GetValue(_json))
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web));
        else
            await Console.Output.WriteLineAsync(
                $"{output}: {manifest.Studies} studies, {manifest.Instances} instances, {manifest.Results} results, {JobsArguments.Size(manifest.Bytes)} MB");
        return ExitCode.Success;
    }
}
