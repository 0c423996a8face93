using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs retry</c>: processes a study again, or sends again what was not delivered.</summary>
internal sealed class JobsRetryCommand : ProgramCommand
{
    private readonly Argument<string> _study = JobsArguments.StudyArgument();
    private readonly JobsArguments _jobs = new();

    public JobsRetryCommand(CommandConsole console)
        : base(
            console, "retry",
            "Sets a study going again: from NeedsAttention it is processed again, from FailedDelivery its results are sent again; what "
            + "waits for its next attempt waits no longer.")
    {
        Add(_study);
        _jobs.AddTo(this);
        AddExample("jobs retry 1.2.840.1.2.3", "when the cause is removed");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        return _jobs.Report(
            arguments, Console, await jobs.RetryAsync(arguments.GetRequiredValue(_study), JobsArguments.User, cancellationToken));
    }
}
