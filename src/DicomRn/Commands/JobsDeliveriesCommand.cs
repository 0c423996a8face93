using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs deliveries</c>: the attempts to send results.</summary>
internal sealed class JobsDeliveriesCommand : ProgramCommand
{
    private readonly JobsArguments _jobs = new();
    private readonly JobFilterArguments _filter = new();

    public JobsDeliveriesCommand(CommandConsole console)
        : base(console, "deliveries", "Lists the attempts to send results, and how they ended.")
    {
        _filter.AddTo(this);
        _jobs.AddTo(this);
        AddExample("jobs deliveries --limit 20", "the last twenty");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        IReadOnlyList<DeliveryAttemptEntry> attempts = await jobs.GetDeliveriesAsync(_filter.Read(arguments), cancellationToken);
        if (_jobs.WantsJson(arguments))
        {
            JobsArguments.WriteJson(Console.Output, attempts);
            return ExitCode.Success;
        }

        TextTable table = new("time", "to", "study", "SOP instance", ">attempt", "delivery", "status", "remark");
        foreach (DeliveryAttemptEntry a in attempts)
            table.Add(
                JobsArguments.Text(a.At), a.Destination, a.StudyInstanceUid, a.ResultSopInstanceUid,
                a.Attempt.ToString(CultureInfo.InvariantCulture), a.State.ToString(), JobsArguments.Status(a.Status), a.Error ?? "");
        table.Write(Console.Output);
        return ExitCode.Success;
    }
}
