using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn send</c>: C-STORE of files and folders to a peer.</summary>
internal sealed class SendCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // An archive may take its time to store an instance.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly PeerOptions _peer;

    private readonly Argument<FileSystemInfo[]> _paths = new("FILES")
    {
        Description = "DICOM files, and folders of which every DICOM file is sent.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write how it ended for each file, as JSON." };

    private readonly Option<bool> _commit = new("--commit")
    {
        Description = "Ask the peer to take responsibility for what it stored (storage commitment) and wait for its report.",
    };

    private readonly Option<TimeSpan> _commitTimeout = new("--commit-timeout")
    {
        Description = "How long the report of --commit may take.",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
    };

    private readonly Option<int?> _listen = new("--listen")
    {
        Description = "The port on which the report of --commit is taken, for a peer that sends it over an association of its own.",
        HelpName = "PORT",
    };

    private readonly Option<string> _bind = BindAddress.CreateOption();

    public SendCommand(CommandConsole console)
        : base(console, "send", "Sends files and folders to a peer (C-STORE).")
    {
        _peer = new PeerOptions(Timeout, _listen);
        _peer.AddArgumentTo(this);
        Add(_paths);
        Add(_json);
        Add(_commit);
        Add(_commitTimeout);
        Add(_listen);
        Add(_bind);
        _peer.AddOptionsTo(this);
        PeerOptions.RequirePort(_listen);
        _commitTimeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() <= TimeSpan.Zero)
                result.AddError("--commit-timeout takes a time longer than none, for instance 00:01:00.");
        });
        Validators.Add(result =>
        {
            if (!result.GetValue(_commit) && result.GetValue(_listen) is not null)
                result.AddError("--listen belongs to --commit.");
            if (result.GetResult(_bind) is { Implicit: false } && result.GetValue(_listen) is null)
                result.AddError("--bind belongs to --listen.");
        });
        AddExample("send DICOMRN@localhost:11112 study/", "a whole study, on one association");
        AddExample("send PACS@pacs.hospital.example:104 study/ --commit --listen 11113", "the same, done only when the archive has confirmed it");
        AddExample(
            "send PACS@pacs.hospital.example:2762 study/ --commit --listen 2763 --bind 192.0.2.7 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key",
            "over mutual TLS, both ways");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        List<string> files = [.. arguments.GetRequiredValue(_paths).SelectMany(FindFiles)];
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        PeerCall peer = _peer.Read(arguments, loggers);
        InstanceSender sender = new(peer);
        IReadOnlyList<SentInstance> sent = await PeerOptions.CallAsync(peer, () => Console.TrackAsync(
            $"Sending to {peer}",
            progress => sender.SendAsync(files, new FileCount(progress, files.Count), cancellationToken)));
        if (arguments.GetValue(_commit))
            sent = await CommitAsync(sent, arguments, peer, loggers, cancellationToken);
        await ReportAsync(sent, peer, arguments.GetValue(_json));
        return sent.All(instance => instance.IsStored && instance.IsCommitted != false) ? ExitCode.Success : ExitCode.JobFailed;
    }

    /// <summary>Asks for commitment of what was stored; without a report nothing is committed.</summary>
    private async Task<IReadOnlyList<SentInstance>> CommitAsync(
        IReadOnlyList<SentInstance> sent, ParseResult arguments, PeerCall peer, ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        CommitmentReference[] references =
        [
            .. sent.Where(instance => instance.IsStored)
                .Select(instance => new CommitmentReference(instance.SopClassUid ?? "", instance.SopInstanceUid ?? ""))
                .Distinct(),
        ];
        if (references.Length == 0)
            return sent;
        StorageCommitmentScu scu = new()
        {
            Peer = peer,
            ReportTimeout = arguments.GetValue(_commitTimeout),
            ListenPort = arguments.GetValue(_listen),
            BindAddress = arguments.GetRequiredValue(_bind),
            ListenTls = _peer.ReadListener(arguments),
            Loggers = loggers,
        };
        try
        {
            IReadOnlyDictionary<string, string?> judged =
                await Console.WatchAsync("Waiting for storage commitment", _ => scu.CommitAsync(references, cancellationToken));
            return [.. sent.Select(instance => Committed(instance, judged))];
        }
        catch (Exception e) when (PeerEcho.IsExpected(e))
        {
            await Console.Error.WriteLineAsync($"dicomrn: {PeerEcho.Describe(peer.ToString(), e)}.");
            return [.. sent.Select(instance => instance with { IsCommitted = false })];
        }
    }

    private static SentInstance Committed(SentInstance instance, IReadOnlyDictionary<string, string?> judged)
    {
        if (!instance.IsStored || !judged.TryGetValue(instance.SopInstanceUid ?? "", out string? reason))
            return instance with { IsCommitted = false };
        return reason is null
            ? instance with { IsCommitted = true }
            : instance with { IsCommitted = false, Remark = $"stored but not committed: {reason}" };
    }

    private async Task ReportAsync(IReadOnlyList<SentInstance> sent, PeerCall peer, bool json)
    {
        if (json)
        {
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(sent, JsonOptions));
            return;
        }

        foreach (SentInstance instance in sent.Where(instance => instance.Remark is not null))
            await Console.Error.WriteLineAsync($"{instance.Path}: {instance.Remark}");
        string committed = sent.Any(instance => instance.IsCommitted is not null)
            ? $", {sent.Count(instance => instance.IsCommitted == true)} committed"
            : "";
        await Console.Output.WriteLineAsync($"{sent.Count(instance => instance.IsStored)} of {sent.Count} instances stored{committed} at {peer}.");
    }

    /// <summary>A file as it is; of a folder, what begins like a DICOM file.</summary>
    private static IEnumerable<string> FindFiles(FileSystemInfo path)
    {
        if (File.Exists(path.FullName))
            return [path.FullName];
        if (!Directory.Exists(path.FullName))
            throw new JobFailedException($"{path}: no such file or folder.");
        List<string> found =
        [
            .. Directory.EnumerateFiles(path.FullName, "*", SearchOption.AllDirectories)
                .Where(DicomFile.HasValidHeader)
                .Order(StringComparer.Ordinal),
        ];
        return found.Count > 0 ? found : throw new JobFailedException($"{path}: no DICOM file in this folder.");
    }

    private sealed class FileCount(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
