using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Jobs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn jobs show</c>: all that is known of one study.</summary>
internal sealed class JobsShowCommand : ProgramCommand
{
    private readonly Argument<string> _study = JobsArguments.StudyArgument();
    private readonly JobsArguments _jobs = new();

    public JobsShowCommand(CommandConsole console)
        : base(console, "show", "Shows one study: state and reason, history, what was received, results and deliveries.")
    {
        Add(_study);
        _jobs.AddTo(this);
        AddExample("jobs show 1.2.840.1.2.3", "why it is where it is, and what to do");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string uid = arguments.GetRequiredValue(_study);
        await using IJobs jobs = await _jobs.OpenAsync(arguments, cancellationToken);
        StudyJobDetails details = await jobs.FindAsync(uid, cancellationToken)
            ?? throw new JobFailedException($"There is no study {uid}.");
        if (_jobs.WantsJson(arguments))
            JobsArguments.WriteJson(Console.Output, details);
        else
            Write(details, Console.Output);
        return ExitCode.Success;
    }

    private static void Write(StudyJobDetails details, TextWriter output)
    {
        StudyJob study = details.Study;
        output.WriteLine($"study     {study.StudyInstanceUid}");
        output.WriteLine($"state     {study.State} since {JobsArguments.Text(study.ChangedAt)}");
        Line("step", study.Step?.ToString());
        Line("reason", study.Reason is null ? null : $"{study.Reason} ({study.ReasonCode})");
        Line("to do", study.WhatToDo);
        Line("due", study.DueAt is { } due ? JobsArguments.Text(due) : null);
        output.WriteLine($"revision  {study.Revision}, attempts {study.Attempts}");
        output.WriteLine($"received  {study.Instances} instances, {JobsArguments.Text(study.FirstInstanceAt)} to {JobsArguments.Text(study.LastInstanceAt)}");
        Section(output, "History", new TextTable("time", ">revision", "state", "reason"), details.History, (table, e) => table.Add(
            JobsArguments.Text(e.At), Number(e.Revision), e.To.ToString(), e.Reason ?? ""));
        Section(output, "Received", new TextTable("series", "SOP class", ">instances", ">MB", "from"), details.Series, (table, s) => table.Add(
            s.SeriesInstanceUid, DicomUID.Parse(s.SopClassUid).Name, Number(s.Instances), JobsArguments.Size(s.Bytes), s.SourceAeTitle));
        if (details.Fetching is { } fetching)
        {
            Section(output, "Fetched", new TextTable("series", "SOP class", ">instances", ">MB", "from", "of study"), fetching.Objects, (table, s) => table.Add(
                s.SeriesInstanceUid, DicomUID.Parse(s.SopClassUid).Name, Number(s.Instances), JobsArguments.Size(s.Bytes), s.Source, s.StudyInstanceUid));
            Section(output, $"Asked for ({Number(fetching.Rounds)} times{(fetching.NextAttemptAt is { } next ? $", next {JobsArguments.Text(next)}" : "")})",
                new TextTable("time", "of", "what", "remark"), fetching.Entries, (table, e) => table.Add(
                    JobsArguments.Text(e.At), e.Source, e.Kind.ToString(), e.Text));
        }

        Section(output, "Results", new TextTable("kind", "SOP instance", ">revision", "file"), details.Results, (table, r) => table.Add(
            r.Kind.ToString(), r.SopInstanceUid, Number(r.Revision), r.Path));
        Section(output, "Deliveries", new TextTable("to", "SOP instance", "state", ">attempts", "next", "status", "remark"), details.Deliveries, (table, d) => table.Add(
            d.Destination, d.ResultSopInstanceUid, d.State.ToString(), Number(d.Attempts), JobsArguments.Text(d.NextAttemptAt),
            JobsArguments.Status(d.LastStatus), d.LastError ?? ""));

        void Line(string name, string? value)
        {
            if (value is not null)
                output.WriteLine($"{name,-9} {value}");
        }
    }

    private static void Section<T>(TextWriter output, string title, TextTable table, IReadOnlyList<T> rows, Action<TextTable, T> add)
    {
        if (rows.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(title);
        foreach (T row in rows)
            add(table, row);
        table.Write(output);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
