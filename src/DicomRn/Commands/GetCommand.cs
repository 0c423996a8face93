using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn get</c>: C-GET, or C-MOVE to this machine.</summary>
internal sealed class GetCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly PeerOptions _peer;

    private readonly Option<string> _study = new("--study") { Description = "Study Instance UID.", HelpName = "UID", Required = true };

    private readonly Option<string?> _series = new("--series") { Description = "Series Instance UID; the whole study where absent.", HelpName = "UID" };

    private readonly Option<string?> _instance = new("--instance") { Description = "SOP Instance UID; the whole series where absent.", HelpName = "UID" };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "The folder for the files, one per instance, named by its SOP Instance UID; made where absent.",
        Required = true,
    };

    private readonly Option<string?> _moveTo = new("--move-to")
    {
        Description = "Asks by C-MOVE: the AE title under which the peer knows this machine and the port of --listen.",
        HelpName = "AE",
    };

    private readonly Option<int?> _listen = new("--listen") { Description = "The port on which a C-MOVE delivers.", HelpName = "PORT" };

    private readonly Option<string> _bind = BindAddress.CreateOption();

    private readonly Option<bool> _json = new("--json") { Description = "Write how it ended, as JSON." };

    public GetCommand(CommandConsole console)
        : base(console, "get", "Fetches a study, series or instance of a peer into a folder (C-GET, or C-MOVE with --move-to).")
    {
        PeerOptions.RequirePort(_listen);
        RequireUid(_study);
        RequireUid(_series);
        RequireUid(_instance);
        Validators.Add(result =>
        {
            if (result.GetValue(_instance) is not null && result.GetValue(_series) is null)
                result.AddError("--instance needs the --series it belongs to.");
            if ((result.GetValue(_moveTo) is null) != (result.GetValue(_listen) is null))
                result.AddError("--move-to and --listen belong together.");
        });
        _peer = new PeerOptions(Timeout, _listen);
        _peer.AddArgumentTo(this);
        Add(_study);
        Add(_series);
        Add(_instance);
        Add(_output);
        Add(_moveTo);
        Add(_listen);
        Add(_bind);
        Add(_json);
        _peer.AddOptionsTo(this);
        AddExample("get PACS@pacs.hospital.example:104 --study 1.2.3 --output study", "a study over one association (C-GET)");
        AddExample(
            "get PACS@pacs.hospital.example:104 --study 1.2.3 --output study --move-to DICOMRN --listen 11112",
            "the same from a PACS that has no C-GET but knows this machine (C-MOVE)");
        AddExample(
            "get PACS@pacs.hospital.example:2762 --study 1.2.3 --output study --tls-ca ca.pem --tls-cert node.pem --tls-key node.key",
            "over mutual TLS; with --move-to, both ways");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        PeerCall peer = _peer.Read(arguments, loggers);
        string folder = arguments.GetRequiredValue(_output).FullName;
        Directory.CreateDirectory(folder);
        RetrieveResult result = await PeerOptions.CallAsync(peer, () => Console.TrackAsync(
            $"Fetching from {peer}", progress => RetrieveAsync(arguments, peer, folder, loggers, new Share(progress), cancellationToken)));
        if (arguments.GetValue(_json))
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(result, JsonOptions));
        else
            await Console.Output.WriteLineAsync($"{result.Files.Count} instances received in {folder}.");
        if (result.IsComplete)
            return ExitCode.Success;
        await Console.Error.WriteLineAsync($"dicomrn: {peer}: {result.Remark}.");
        return ExitCode.JobFailed;
    }

    private async Task<RetrieveResult> RetrieveAsync(
        ParseResult arguments, PeerCall peer, string folder, ILoggerFactory loggers, IProgress<RetrieveProgress> progress,
        CancellationToken cancellationToken)
    {
        string study = arguments.GetRequiredValue(_study);
        (string? series, string? instance) = (arguments.GetValue(_series), arguments.GetValue(_instance));
        if (arguments.GetValue(_moveTo) is not { } destination)
        {
            DicomCGetRequest get = (series, instance) switch
            {
                ({ } ofSeries, { } ofInstance) => new DicomCGetRequest(study, ofSeries, ofInstance),
                ({ } ofSeries, null) => new DicomCGetRequest(study, ofSeries),
                _ => new DicomCGetRequest(study),
            };
            return await GetAsync(peer, get, folder, progress, cancellationToken);
        }

        DicomCMoveRequest move = (series, instance) switch
        {
            ({ } ofSeries, { } ofInstance) => new DicomCMoveRequest(destination, study, ofSeries, ofInstance),
            ({ } ofSeries, null) => new DicomCMoveRequest(destination, study, ofSeries),
            _ => new DicomCMoveRequest(destination, study),
        };
        FolderReceiverSettings receiver = new()
        {
            Folder = folder,
            Port = arguments.GetValue(_listen) ?? 0,
            BindAddress = arguments.GetRequiredValue(_bind),
            AeTitle = destination,
            Tls = _peer.ReadListener(arguments),
            Sync = ReceiveDurability.None,
        };
        return await InstanceRetriever.MoveAsync(peer, move, receiver, progress, loggers, cancellationToken);
    }

    /// <summary>What is received is written into the folder, once, and then only gets its name.</summary>
    private static async Task<RetrieveResult> GetAsync(
        PeerCall peer, DicomCGetRequest request, string folder, IProgress<RetrieveProgress> progress, CancellationToken cancellationToken)
    {
        string before = TemporaryFile.StoragePath;
        TemporaryFile.StoragePath = folder;
        try
        {
            return await InstanceRetriever.GetAsync(peer, request, folder, progress, cancellationToken);
        }
        finally
        {
            TemporaryFile.StoragePath = before;
        }
    }

    private static void RequireUid(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => !DicomUID.IsValidUid(token.Value)))
            result.AddError($"{option.Name} takes a UID: digits and dots, 64 characters at most.");
    });

    private sealed class Share(IProgress<double> progress) : IProgress<RetrieveProgress>
    {
        public void Report(RetrieveProgress value) => progress.Report((double)value.Done / Math.Max(1, value.Done + value.Remaining));
    }
}
