using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn process</c>: the node's own steps on the folder of one study, without the network.</summary>
internal sealed class ProcessCommand : ProgramCommand
{
    private readonly Argument<DirectoryInfo> _folder = new("DIR") { Description = "The folder of one study: MR images and lesion contours." };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Where SR, SEG, SC and PNG files go (results), with the records of the steps beside them.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _assume = new("--assume-t1ce", "--series")
    {
        Description = "Take this series for the contrast-enhanced T1 series of a brain, whatever its attributes say. The report says so.",
        HelpName = "SERIES_UID",
    };

    private readonly Option<int?> _stack = StackOption.Create(
        "--stack", "Which volume to take of a T1CE series that holds several (temporal positions, echoes, stacks), as the message that refuses them counts (Matching:Series:Stack).");

    private readonly Option<bool> _json = new("--json") { Description = "Write the outcome as JSON." };

    private readonly Option<bool> _explain = new("--explain") { Description = "Also write why each series, each structure set or segmentation and each of its regions was taken or not." };

    private readonly Option<bool> _refine = new("--refine")
    {
        Description = "Fit planning masks to the lesions on the T1CE series before the model sees them (Matching:Refinement:Enabled). The SEG then holds both masks, and the report says which one the model saw.",
    };

    private readonly SettingsArguments _settings = new();

    public ProcessCommand(CommandConsole console)
        : base(console, "process", "Takes the folder of one study to SR, SEG, overlays and a lesion table.")
    {
        Add(_folder);
        Add(_output);
        Add(_assume);
        Add(_stack);
        Add(_refine);
        Add(_json);
        Add(_explain);
        _settings.AddTo(this);
        AddExample("process study --output out", "writes out/results and prints the lesions");
        AddExample("process study --output out --refine", "with masks that follow lesions which grew or shrank since planning");
        AddExample("process study --output out --explain", "and how the T1CE series and the contours were chosen; with --json as .explanation");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        NodeSettings settings = NodeSettings.Read(_settings.Gather(arguments));
        if (arguments.GetValue(_stack) is { } stack)
            settings.Matching = settings.Matching with { Series = settings.Matching.Series with { Stack = stack } };
        if (arguments.GetValue(_refine))
            settings.Matching = settings.Matching with { Refinement = settings.Matching.Refinement with { Enabled = true } };
        StudyFolder study = await StudyFolder.ReadAsync(arguments.GetRequiredValue(_folder), cancellationToken);
        StudyInput input = new()
        {
            StudyInstanceUid = study.StudyInstanceUid,
            Files = study.Files,
            AssumeT1ceSeriesUid = arguments.GetValue(_assume),
        };
        string output = arguments.GetRequiredValue(_output).FullName;
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging(logging =>
            {
                logging.SetMinimumLevel(LogLevel.Warning);
                LogOutput.AddTo(logging);
            })
            .AddStudyPipeline(settings)
            .BuildServiceProvider();
        StudyResult result = await Console.WatchAsync(
            "Reading", progress => services.GetRequiredService<IStudyPipeline>().RunAsync(input, output, new StepText(progress), cancellationToken));
        StudyExplanation? explanation = arguments.GetValue(_explain) ? await StudyExplanation.ReadAsync(output, cancellationToken) : null;
        if (arguments.GetValue(_json))
        {
            ProcessReport.WriteJson(Console.Output, result, explanation);
            return ExitCode.Success;
        }

        ProcessReport.WriteText(Console.Output, result);
        if (explanation is not null)
            ProcessReport.WriteExplanation(Console.Output, explanation);
        return ExitCode.Success;
    }

    private sealed class StepText(IProgress<string> progress) : IProgress<StudyStep>
    {
        public void Report(StudyStep value) => progress.Report(value.ToString());
    }
}
