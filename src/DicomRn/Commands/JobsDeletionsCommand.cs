using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs deletions</c>: what was deleted, by whom and why.</summary>
internal sealed class JobsDeletionsCommand : ProgramCommand
{
    private readonly JobsArguments _jobs = new();
    private readonly JobFilterArguments _filter = new();

    public JobsDeletionsCommand(CommandConsole console)
        : base(console, "deletions", "Lists the studies and quarantined files that were deleted, by whom and why.")
    {
        _filter.AddTo(this);
        _jobs.AddTo(this);
        AddExample("jobs deletions --since 7d", "of the last week");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        IReadOnlyList<DeletionEntry> deletions = await jobs.GetDeletionsAsync(_filter.Read(arguments), cancellationToken);
        if (_jobs.WantsJson(arguments))
        {
            JobsArguments.WriteJson(Console.Output, deletions);
            return ExitCode.Success;
        }

        TextTable table = new("time", "study or file", "was", ">instances", ">MB", "by", "reason");
        foreach (DeletionEntry d in deletions)
            table.Add(
                JobsArguments.Text(d.At), d.QuarantinedPath ?? d.StudyInstanceUid ?? "",
                d.FinishedAt is null ? "not finished" : d.State?.ToString() ?? "-",
                d.Instances.ToString(CultureInfo.InvariantCulture), JobsArguments.Size(d.Bytes), d.By, d.Reason);
        table.Write(Console.Output);
        return ExitCode.Success;
    }
}
