using System.CommandLine;
using DicomRn.Fuzzing;

Argument<string> target = new("target") { Description = "all, or one of: " + string.Join(", ", FuzzTargets.All.Select(t => t.Name)) };
Option<int> executions = new("--executions") { Description = "Executions of each target.", DefaultValueFactory = _ => 100_000 };
Option<int> seed = new("--seed") { Description = "Seed of the mutations.", DefaultValueFactory = _ => 1 };
Option<DirectoryInfo?> corpus = new("--corpus") { Description = "Folder of DICOM files to begin with, besides the built-in ones." };
Option<DirectoryInfo> findings = new("--findings")
{
    Description = "Folder for the inputs that fail.",
    DefaultValueFactory = _ => new DirectoryInfo("findings"),
};
Option<FileInfo?> replay = new("--replay") { Description = "Executes this one input instead, and lets its exception through." };
Option<bool> blind = new("--no-coverage") { Description = "Does without instrumented assemblies: faster, but mutates only the seeds." };

RootCommand command = new("Feeds mutated inputs to the parsers of DicomRn: no crash, no hang over 10 s, bounded memory.")
{
    target, executions, seed, corpus, findings, replay, blind,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    if (parsed.GetValue(replay) is { } input)
    {
        await FuzzTargets.Named(parsed.GetValue(target)!).Single().ExecuteAsync(await File.ReadAllBytesAsync(input.FullName, cancellationToken));
        Console.WriteLine("accepted");
        return 0;
    }

    CampaignOptions options = new()
    {
        Target = parsed.GetValue(target)!,
        Executions = parsed.GetValue(executions),
        Seed = parsed.GetValue(seed),
        Corpus = parsed.GetValue(corpus)?.FullName,
        Findings = parsed.GetValue(findings)!.FullName,
    };
    return parsed.GetValue(blind)
        ? await CampaignRun.RunAsync(options, coverage: null, Console.Out, cancellationToken)
        : await InstrumentedContext.RunAsync(options, cancellationToken);
});
return await command.Parse(args).InvokeAsync();
