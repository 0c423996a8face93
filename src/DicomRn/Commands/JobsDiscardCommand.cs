using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs discard</c>: deletes a study.</summary>
internal sealed class JobsDiscardCommand : ProgramCommand
{
    private readonly Argument<string> _study = JobsArguments.StudyArgument();

    private readonly Option<bool> _yes = new("--yes") { Description = "Delete without asking." };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why, for the record of deletions.",
        DefaultValueFactory = _ => "discarded by a person",
    };

    private readonly JobsArguments _jobs = new();

    public JobsDiscardCommand(CommandConsole console)
        : base(console, "discard", "Deletes a study with its files and results, and records the deletion.")
    {
        Add(_study);
        Add(_yes);
        Add(_reason);
        _jobs.AddTo(this);
        AddExample("jobs discard 1.2.840.1.2.3 --reason \"sent by mistake\"", "after a question");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string uid = arguments.GetRequiredValue(_study);
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        if (!arguments.GetValue(_yes))
            await ConfirmAsync(jobs, uid, cancellationToken);
        return _jobs.Report(
            arguments, Console,
            await jobs.DiscardAsync(uid, JobsArguments.User, arguments.GetRequiredValue(_reason), cancellationToken));
    }

    private async Task ConfirmAsync(IJobs jobs, string uid, CancellationToken cancellationToken)
    {
        if (System.Console.IsInputRedirected)
            throw new JobFailedException($"Study {uid} is kept: give --yes to delete it where nobody can be asked.");
        StudyJobDetails details = await jobs.FindAsync(uid, cancellationToken) ?? throw new JobFailedException($"There is no study {uid}.");
        await Console.Error.WriteAsync(
            $"Delete study {uid} ({details.Study.State}, {details.Study.Instances} instances, {details.Results.Count} results)? Type yes: ");
        if (!string.Equals((await System.Console.In.ReadLineAsync(cancellationToken))?.Trim(), "yes", StringComparison.OrdinalIgnoreCase))
            throw new JobFailedException($"Study {uid} is kept.");
    }
}
