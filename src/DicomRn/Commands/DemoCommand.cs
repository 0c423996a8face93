using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Demonstration;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Phantoms;

namespace DicomRn.Commands;

/// <summary><c>dicomrn demo</c>: phantom patient → node → built-in PACS, on loopback.</summary>
internal sealed class DemoCommand : ProgramCommand
{
    private readonly Option<DirectoryInfo?> _output = new("--output", "-o")
    {
        Description = "A new or empty folder for everything that comes of it; a temporary one by default.",
    };

    private readonly Option<bool> _keepRunning = new("--keep-running") { Description = "Leave node and PACS running until Ctrl-C." };

    private readonly Option<int> _seed = new("--seed") { Description = "Another phantom patient.", DefaultValueFactory = _ => 7 };

    public DemoCommand(CommandConsole console)
        : base(console, "demo", "Shows the whole flow on a phantom patient: a node and a small PACS on free loopback ports.")
    {
        Add(_output);
        Add(_keepRunning);
        Add(_seed);
        AddExample("demo", "phantom study in, SR, SEG and overlays out");
        AddExample("demo --output demo --keep-running", "and send something of your own to the node afterwards");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        DemoFolders folders = new(arguments.GetValue(_output)?.FullName ?? Directory.CreateTempSubdirectory("dicomrn-demo-").FullName);
        OutputFolder.CreateEmpty(folders.Root);
        PhantomStudyWriter writer = new(new PhantomStudyOptions { Seed = arguments.GetValue(_seed), LesionCount = 3 });
        PhantomStudy study = await Console.TrackAsync("Making the phantom study", progress => writer.WriteAsync(folders.Study, progress, cancellationToken));

        await using Demo demo = await Demo.StartAsync(folders, cancellationToken);
        Console.Error.WriteLine($"Node {DemoSettings.NodeAeTitle}@127.0.0.1:{demo.NodePort}, PACS {DemoSettings.PacsAeTitle}@127.0.0.1:{demo.PacsPort}");
        DemoOutcome outcome = await Console.WatchAsync("Sending", progress => demo.RunAsync(study, progress, cancellationToken));
        DemoReport.Write(outcome, folders, Console.Output);

        if (arguments.GetValue(_keepRunning))
        {
            Console.Error.WriteLine($"Node and PACS are still there; callers use the AE title {DemoSettings.ScannerAeTitle}. Ctrl-C ends.");
            await Interruption.WaitAsync(cancellationToken);
        }

        return outcome is { State.To: StudyState.Delivered, Result.Outcome: StudyOutcome.Answered } ? ExitCode.Success : ExitCode.JobFailed;
    }
}
