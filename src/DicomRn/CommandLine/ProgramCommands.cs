using System.CommandLine;
using DicomRn.Commands;

namespace DicomRn.CommandLine;

/// <summary>All commands, in the order in which <c>dicomrn --help</c> lists them.</summary>
internal static class ProgramCommands
{
    private const string Description =
        "DicomRn finds the lesion contours in post-radiosurgery brain MRI, classifies every lesion as radiation necrosis or tumour "
        + "progression and sends report, segmentation and overlays back to the PACS. Not for clinical use.";

    public static RootCommand CreateRoot(CommandConsole console)
    {
        RootCommand root = new(Description)
        {
            new ServeCommand(console),
            new DemoCommand(console),
            new ProcessCommand(console),
            new ContoursCommand(console),
            new CheckCommand(console),
            new CommandGroup("jobs", "Studies and deliveries of a running or stopped node.")
            {
                new JobsListCommand(console),
                new JobsShowCommand(console),
                new JobsRetryCommand(console),
                new JobsDiscardCommand(console),
                new JobsDeliveriesCommand(console),
                new JobsAssociationsCommand(console),
                new JobsDeletionsCommand(console),
            },
            new BackupCommand(console),
            new RestoreCommand(console),
            new CommandGroup("phantom", "Synthetic patients, for tests and demonstrations.")
            {
                new PhantomStudyCommand(console),
            },
            new DumpCommand(console),
            new CommandGroup("model", "Model packs: trained weights with what they were trained on.")
            {
                new ModelListCommand(console),
                new ModelShowCommand(console),
                new ModelVerifyCommand(console),
                new ModelTrainCommand(console),
            },
            new ReceiveCommand(console),
            new EchoCommand(console),
            new SendCommand(console),
            new FindCommand(console),
            new GetCommand(console),
        };
        ExamplesHelpAction.AddTo(root);
        return root;
    }
}
