using System.CommandLine;
using DicomRn.Commands;
using DicomRn.Learning.Cohorts.Import;

namespace DicomRn.CommandLine;

/// <summary>All commands, in the order in which <c>dicomrn --help</c> lists them.</summary>
internal static class ProgramCommands
{
    private const string Description =
        "DicomRn finds the lesion contours in post-radiosurgery brain MRI, classifies every lesion as radiation necrosis or tumour "
        + "progression and sends report, segmentation and overlays back to the PACS. Not for clinical use.";

    private static readonly (string Name, Func<CommandConsole, Command> Create)[] All =
    [
        ("serve", console => new ServeCommand(console)),
        ("demo", console => new DemoCommand(console)),
        ("process", console => new ProcessCommand(console)),
        ("contours", console => new ContoursCommand(console)),
        ("radiomics", console => new RadiomicsCommand(console)),
        ("register", console => new RegisterCommand(console)),
        ("check", console => new CheckCommand(console)),
        ("jobs", console => new CommandGroup("jobs", "Studies and deliveries of a running or stopped node.")
        {
            new JobsStatusCommand(console),
            new JobsListCommand(console),
            new JobsShowCommand(console),
            new JobsRetryCommand(console),
            new JobsDiscardCommand(console),
            new JobsDeliveriesCommand(console),
            new JobsAssociationsCommand(console),
            new JobsDeletionsCommand(console),
        }),
        ("routes", console => new RoutesCommand(console)),
        ("conformance", console => new ConformanceCommand(console)),
        ("backup", console => new BackupCommand(console)),
        ("restore", console => new RestoreCommand(console)),
        ("phantom", console => new CommandGroup("phantom", "Synthetic patients, for tests and demonstrations.")
        {
            new PhantomStudyCommand(console),
            new PhantomCohortCommand(console),
        }),
        ("import", console => Imports(console)),
        ("pretrain", console => new PretrainCommand(console)),
        ("finetune", console => new FinetuneCommand(console)),
        ("evaluate", console => new EvaluateCommand(console)),
        ("reproduce", console => new ReproduceCommand(console)),
        ("dump", console => new DumpCommand(console)),
        ("model", console => new CommandGroup("model", "Model packs: trained weights with what they were trained on.")
        {
            new ModelListCommand(console),
            new ModelShowCommand(console),
            new ModelVerifyCommand(console),
            new ModelExplainCommand(console),
            new ModelImportCommand(console),
            new ModelTrainCommand(console),
        }),
        ("receive", console => new ReceiveCommand(console)),
        ("echo", console => new EchoCommand(console)),
        ("send", console => new SendCommand(console)),
        ("find", console => new FindCommand(console)),
        ("get", console => new GetCommand(console)),
    ];

    private static CommandGroup Imports(CommandConsole console)
    {
        CommandGroup group = new("import", "Public data sets, as they are distributed, into the common cohort format (cohort.csv and NIfTI files).");
        foreach ((string name, string layout) in CohortImport.Datasets)
            group.Add(new ImportCommand(console, name, layout));
        return group;
    }

    /// <summary>The root with the commands that a command line needs.</summary>
    /// <param name="console">Where they write.</param>
    /// <param name="first">
    /// The first word of the command line. Where it is a command, that one alone is made, which is a good part of the time that a
    /// short one such as <c>echo</c> takes; anything else, such as <c>--help</c> or a misspelt command, needs all of them.
    /// </param>
    public static RootCommand CreateRoot(CommandConsole console, string? first = null)
    {
        RootCommand root = new(Description);
        bool isCommand = Array.Exists(All, command => command.Name == first);
        foreach ((string name, Func<CommandConsole, Command> create) in All)
        {
            if (!isCommand || name == first)
                root.Add(create(console));
        }

        ExamplesHelpAction.AddTo(root);
        return root;
    }
}
