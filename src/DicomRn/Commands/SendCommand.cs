using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;

namespace DicomRn.Commands;

/// <summary><c>dicomrn send</c>: C-STORE of files and folders to a peer.</summary>
internal sealed class SendCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Argument<PeerAddress> _peer = PeerAddress.CreateArgument();

    private readonly Argument<FileSystemInfo[]> _paths = new("FILES")
    {
        Description = "DICOM files, and folders of which every DICOM file is sent.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _calling = CallingAeTitle.CreateOption();

    private readonly Option<bool> _json = new("--json") { Description = "Write how it ended for each file, as JSON." };

    public SendCommand(CommandConsole console)
        : base(console, "send", "Sends files and folders to a peer (C-STORE).")
    {
        Add(_peer);
        Add(_paths);
        Add(_calling);
        Add(_json);
        AddExample("send DICOMRN@localhost:11112 study/", "a whole study, on one association");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PeerAddress peer = arguments.GetRequiredValue(_peer);
        List<string> files = [.. arguments.GetRequiredValue(_paths).SelectMany(FindFiles)];
        InstanceSender sender = new(peer.Host, peer.Port, peer.AeTitle, arguments.GetRequiredValue(_calling));
        IReadOnlyList<SentInstance> sent;
        try
        {
            sent = await Console.TrackAsync(
                $"Sending to {peer}",
                progress => sender.SendAsync(files, new FileCount(progress, files.Count), cancellationToken));
        }
        catch (Exception e) when (e is DicomException or IOException or System.Net.Sockets.SocketException)
        {
            throw new JobFailedException(PeerEcho.Describe(peer.ToString(), e), e);
        }

        await ReportAsync(sent, peer, arguments.GetValue(_json));
        return sent.All(instance => instance.IsStored) ? ExitCode.Success : ExitCode.JobFailed;
    }

    private async Task ReportAsync(IReadOnlyList<SentInstance> sent, PeerAddress peer, bool json)
    {
        if (json)
        {
            await Console.Output.WriteLineAsync(JsonSerializer.Serialize(sent, JsonOptions));
            return;
        }

        foreach (SentInstance instance in sent.Where(instance => instance.Remark is not null))
            await Console.Error.WriteLineAsync($"{instance.Path}: {instance.Remark}");
        await Console.Output.WriteLineAsync($"{sent.Count(instance => instance.IsStored)} of {sent.Count} instances stored at {peer}.");
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
