using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Phantoms;
using Microsoft.Extensions.Logging;

namespace DicomRn.Demonstration;

/// <summary>
/// A hospital in one process: a phantom patient whose follow-up a scanner sends to a node by C-STORE, and a PACS that gets the
/// results. Everything listens on free ports of loopback.
/// </summary>
internal sealed class Demo : IAsyncDisposable
{
    private readonly DemoFolders _folders;
    private readonly FolderReceiver _pacs;
    private readonly NodeHost _node;
    private readonly DemoLog _log;

    private Demo(DemoFolders folders, FolderReceiver pacs, NodeHost node, DemoLog log)
    {
        _folders = folders;
        _pacs = pacs;
        _node = node;
        _log = log;
    }

    /// <summary>The port of the node.</summary>
    public int NodePort => _node.Port;

    /// <summary>The port of the PACS.</summary>
    public int PacsPort => _pacs.Port;

    /// <summary>Starts the PACS and the node.</summary>
    public static async Task<Demo> StartAsync(DemoFolders folders, CancellationToken cancellationToken)
    {
        DemoLog log = new(folders.Log);
        FolderReceiver pacs = FolderReceiver.Start(new FolderReceiverSettings
        {
            Folder = folders.Pacs,
            BindAddress = DemoSettings.Loopback,
            AeTitle = DemoSettings.PacsAeTitle,
        });
        NodeHost node = await NodeHost.CreateAsync(
            DemoSettings.Create(folders, pacs.Port), logging => logging.AddProvider(log), cancellationToken: cancellationToken);
        await node.StartAsync(cancellationToken);
        return new Demo(folders, pacs, node, log);
    }

    /// <summary>Sends the study to the node and waits until it has ended.</summary>
    /// <param name="study">What the scanner sends.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DemoOutcome> RunAsync(PhantomStudy study, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using StudySubscription changes = _node.Studies.Subscribe();
        progress.Report($"Sending {study.Files.Count} instances to the node");
        InstanceSender scanner = new(new PeerCall
        {
            Host = DemoSettings.Loopback,
            Port = _node.Port,
            CalledAeTitle = DemoSettings.NodeAeTitle,
            CallingAeTitle = DemoSettings.ScannerAeTitle,
        });
        IReadOnlyList<SentInstance> sent = await scanner.SendAsync(study.Files, null, cancellationToken);
        if (sent.FirstOrDefault(instance => !instance.IsStored) is { } refused)
            throw new JobFailedException($"{refused.Path}: the node refused it: {refused.Remark ?? refused.Status}");

        StudyChanged end = await EndOfAsync(study.Truth.StudyInstanceUid, changes, progress, cancellationToken);
        StudyResult? result = await _node.FindResultAsync(study.Truth.StudyInstanceUid, cancellationToken);
        return new DemoOutcome(study, end, result, [.. Directory.EnumerateFiles(_folders.Pacs, "*.dcm").Order(StringComparer.Ordinal)], CopyOverlays(result));
    }

    /// <summary>Stops the node, then the PACS.</summary>
    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _pacs.Dispose();
        _log.Dispose();
    }

    private static async Task<StudyChanged> EndOfAsync(
        string study, StudySubscription changes, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await foreach (StudyChanged change in changes.WithCancellation(cancellationToken))
        {
            if (change.StudyInstanceUid != study)
                continue;
            progress.Report(Describe(change));
            if (change.To is StudyState.Delivered or StudyState.NothingToDo or StudyState.NeedsAttention or StudyState.FailedDelivery)
                return change;
        }

        throw new JobFailedException("The node ended before the study did.");
    }

    private static string Describe(StudyChanged change) => (change.To, change.Step) switch
    {
        (StudyState.Assembling, _) => "The node waits for the rest of the study",
        (StudyState.Processing, StudyStep.Matching) => "Matching: T1CE series and lesion contours",
        (StudyState.Processing, StudyStep.Classification) => "Classification: the Vision Transformer looks at every lesion",
        (StudyState.Processing, StudyStep.Reporting) => "Reporting: SR, SEG and overlays",
        (StudyState.Delivering, _) => "Delivery to the PACS",
        _ => change.To.ToString(),
    };

    private List<string> CopyOverlays(StudyResult? result)
    {
        List<string> copies = [];
        Directory.CreateDirectory(_folders.Overlays);
        foreach (string picture in result?.Pictures ?? [])
        {
            string copy = Path.Combine(_folders.Overlays, Path.GetFileName(picture));
            File.Copy(picture, copy, overwrite: true);
            copies.Add(copy);
        }

        return copies;
    }
}
