using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Backup;

namespace DicomRn.Commands;

/// <summary><c>dicomrn restore</c>: makes a data directory from a backup.</summary>
internal sealed class RestoreCommand : ProgramCommand
{
    private readonly Option<string> _input = new("--input") { Description = "The backup: a folder or a tar file.", Required = true };

    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The data directory to make; absent or empty.",
        Required = true,
    };

    public RestoreCommand(CommandConsole console)
        : base(console, "restore", "Makes a node's data directory from a backup, and checks it.")
    {
        Add(_input);
        Add(_data);
        AddExample("restore --input /backup/dicomrn-2026-03-01.tar --data /var/lib/dicomrn", "before the node is started");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string data = arguments.GetRequiredValue(_data).FullName;
        BackupManifest manifest = await Console.WatchAsync(
            "Restoring", _ => NodeRestore.RunAsync(arguments.GetRequiredValue(_input), data, cancellationToken));
        await Console.Output.WriteLineAsync(
            $"{data}: state of {JobsArguments.Text(manifest.CreatedAt)}, {manifest.Studies} studies, {manifest.Instances} instances, {manifest.Results} results");
        return ExitCode.Success;
    }
}
