using System.Globalization;

namespace DicomRn.Fuzzing;

/// <summary>Campaigns against one target or all, and their table.</summary>
internal static class CampaignRun
{
    /// <summary>The entry of the copy of this program that is loaded beside instrumented assemblies.</summary>
    public static Task<int> RunInstrumentedAsync(
        string target, int executions, int seed, string? corpus, string findings, TextWriter output, CancellationToken cancellationToken)
    {
        CampaignOptions options = new() { Target = target, Executions = executions, Seed = seed, Corpus = corpus, Findings = findings };
        return RunAsync(options, new Coverage(), output, cancellationToken);
    }

    /// <returns>0 without findings, else 1.</returns>
    public static async Task<int> RunAsync(CampaignOptions options, Coverage? coverage, TextWriter output, CancellationToken cancellationToken)
    {
        IReadOnlyList<byte[]> files = SeedFiles.Read(options.Corpus);
        using HangGuard guard = new(options.Findings);
        using CurrentInput current = new(options.Findings);
        bool found = false;
        await output.WriteLineAsync("target                 executions  accepted   refused corpus  pairs longest/ms   most/KiB findings");
        foreach (FuzzTarget target in FuzzTargets.Named(options.Target))
        {
            Campaign campaign = new(target, options.Seed, coverage)
            {
                Executing = input =>
                {
                    current.Write(input);
                    guard.Begin(target.Name, input);
                },
                Executed = guard.End,
            };
            CampaignResult result = await campaign.RunAsync(files, options.Executions, cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name,-22} {result.Executions,10} {result.Accepted,9} {result.Refused,9} {result.Corpus,6} {coverage?.Pairs ?? 0,6} "
                + $"{result.LongestExecution.TotalMilliseconds,10:F0} {result.LargestAllocation / 1024,10} {result.Findings.Count,8}"));
            foreach (Finding finding in result.Findings)
                await output.WriteLineAsync($"  {finding.Kind} {finding.Place}: {finding.Write(options.Findings)}");
            await output.FlushAsync(cancellationToken);
            found |= result.Findings.Count > 0;
        }

        return found ? 1 : 0;
    }
}
