using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs list</c>: the studies of a node and where they are.</summary>
internal sealed class JobsListCommand : ProgramCommand
{
    private readonly JobsArguments _jobs = new();
    private readonly JobFilterArguments _filter = new();

    public JobsListCommand(CommandConsole console)
        : base(console, "list", "Lists the studies of a running or stopped node, the last changed first.")
    {
        _filter.AddTo(this, withState: true);
        _jobs.AddTo(this);
        AddExample("jobs list --state NeedsAttention --state FailedDelivery", "what waits for a person");
        AddExample("jobs list --data /var/lib/dicomrn --since 24h --json", "of the last day, for a program");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        IReadOnlyList<StudyJob> studies = await jobs.ListAsync(_filter.Read(arguments, withState: true), cancellationToken);
        if (_jobs.WantsJson(arguments))
        {
            JobsArguments.WriteJson(Console.Output, studies);
            return ExitCode.Success;
        }

        TextTable table = new("study", "state", ">instances", "since", "reason");
        foreach (StudyJob study in studies)
            table.Add(
                study.StudyInstanceUid,
                study.Step is { } step ? $"{study.State} ({step})" : study.State.ToString(),
                study.Instances.ToString(CultureInfo.InvariantCulture),
                JobsArguments.Text(study.ChangedAt),
                study.Reason ?? "");
        table.Write(Console.Output);
        return ExitCode.Success;
    }
}
