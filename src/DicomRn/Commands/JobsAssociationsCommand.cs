using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs associations</c>: who called the node.</summary>
internal sealed class JobsAssociationsCommand : ProgramCommand
{
    private readonly JobsArguments _jobs = new();
    private readonly JobFilterArguments _filter = new();

    public JobsAssociationsCommand(CommandConsole console)
        : base(console, "associations", "Lists who called the node, how many instances came, and how it ended.")
    {
        _filter.AddTo(this);
        _jobs.AddTo(this);
        AddExample("jobs associations --since 2h", "of the last two hours");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        IReadOnlyList<AssociationEntry> associations = await jobs.GetAssociationsAsync(_filter.Read(arguments), cancellationToken);
        if (_jobs.WantsJson(arguments))
        {
            JobsArguments.WriteJson(Console.Output, associations);
            return ExitCode.Success;
        }

        TextTable table = new("started", ">seconds", "from", "host", "to", "TLS", ">stored", ">refused", "end", "reason");
        foreach (AssociationEntry a in associations)
            table.Add(
                JobsArguments.Text(a.StartedAt), (a.EndedAt - a.StartedAt).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
                a.CallingAeTitle, a.Host, a.CalledAeTitle, a.IsSecured ? "yes" : "no",
                a.Stored.ToString(CultureInfo.InvariantCulture), a.Refused.ToString(CultureInfo.InvariantCulture),
                a.End.ToString(), a.Reason ?? "");
        table.Write(Console.Output);
        return ExitCode.Success;
    }
}
