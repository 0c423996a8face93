using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.State;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs status</c>: how many studies and deliveries are where, and how reception fares.</summary>
internal sealed class JobsStatusCommand : ProgramCommand
{
    private readonly JobsArguments _jobs = new();

    public JobsStatusCommand(CommandConsole console)
        : base(console, "status", "Sums up a running or stopped node: reception, studies by state, deliveries by destination.")
    {
        _jobs.AddTo(this);
        AddExample("jobs status --data /var/lib/dicomrn", "whether anything is held up");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        NodeStatus status = await jobs.GetStatusAsync(cancellationToken);
        if (_jobs.WantsJson(arguments))
        {
            JobsArguments.WriteJson(Console.Output, status);
            return ExitCode.Success;
        }

        await Console.Output.WriteLineAsync($"Reception: {Describe(status.Reception)}");
        await Console.Output.WriteLineAsync();
        TextTable studies = new("studies", ">count");
        foreach ((StudyState state, int count) in status.Studies.OrderBy(s => s.Key))
            studies.Add(state.ToString(), Text(count));
        studies.Write(Console.Output);
        await Console.Output.WriteLineAsync();
        TextTable deliveries = new("destination", ">queued", ">sent", ">delivered", ">failed", "last error");
        foreach (DestinationStatus d in status.Deliveries)
            deliveries.Add(d.Destination, Text(d.Queued), Text(d.Sent), Text(d.Delivered), Text(d.Failed), d.LastError ?? "");
        deliveries.Write(Console.Output);
        return ExitCode.Success;
    }

    private static string Describe(ReceptionStatus? reception) => reception switch
    {
        null => "the node does not run",
        { StoringFailure: { } reason } => $"{reception.Waiting} instances wait to be stored, which fails: {reason} Nothing is lost, and it is tried again.{Refusal(reception)}",
        _ => $"all is well; {reception.Waiting} instances wait to be stored.{Refusal(reception)}",
    };

    private static string Refusal(ReceptionStatus reception) => reception.IsRefusing
        ? " Instances are refused: less of the disk is free than Receiving:DiskReserve demands."
        : "";

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
