using DicomRn.Fuzzing;

namespace DicomRn.Imaging.Tests.Fuzzing;

/// <summary>A short campaign against every parser; tests/DicomRn.Fuzzing has the long ones.</summary>
[Collection(Name)]
public sealed class ShortCampaignTests
{
    public const string Name = "Fuzzing";
    private const int Executions = 2000;

    public static TheoryData<string> Targets { get; } = [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Mutated_inputs_are_parsed_or_refused_with_a_reason_in_bounded_memory(string target)
    {
        Campaign campaign = new(FuzzTargets.Named(target).Single(), seed: 20, coverage: null);
        CampaignResult result = await campaign.RunAsync(SeedFiles.Read(null), Executions, TestContext.Current.CancellationToken);
        Assert.Equal(Executions, result.Executions);
        Assert.InRange(result.Accepted, 1, Executions);
        Assert.Empty(result.Findings.Select(finding => $"{finding.Detail}\n{Convert.ToHexString(finding.Input)}"));
    }
}

/// <summary>Alone: some allocations are counted in the whole process.</summary>
[CollectionDefinition(ShortCampaignTests.Name, DisableParallelization = true)]
public sealed class ShortCampaigns;
