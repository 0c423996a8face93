using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class ProcessCommandTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("dicomrn-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public async Task Real_study_of_a_leg_ends_with_the_coded_reason_and_status_0()
    {
        string study = TestData.Require("mr-rtstruct-sts", "dicom", "STS_002", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync("process", study, "--output", _output, "--explain");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("Cannot answer.", run.Output, StringComparison.Ordinal);
        Assert.Contains("NotABrain (130576, DCM, \"Anatomy coverage incomplete\")", run.Output, StringComparison.Ordinal);
        Assert.Contains("enough evidence of contrast-enhanced T1", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Body Part Examined is EXTREMITY", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_output, "results", "sr.dcm")));
    }

    [Fact]
    public async Task As_JSON_the_outcome_is_for_programs()
    {
        string study = TestData.Require("mr-rtstruct-sts", "dicom", "STS_002", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync("process", study, "--output", _output, "--json");

        JsonNode outcome = JsonNode.Parse(run.Output)!;
        Assert.Equal("CannotAnswer", outcome["outcome"]!.GetValue<string>());
        Assert.Equal("NotABrain", outcome["reason"]!["kind"]!.GetValue<string>());
        Assert.Equal("SR", outcome["results"]![0]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task With_explain_the_JSON_holds_the_evidence()
    {
        string study = TestData.Require("mr-rtstruct-sts", "dicom", "STS_002", "MR_T1");

        CommandLineRun run = await CommandLineRun.OfAsync("process", study, "--output", _output, "--json", "--explain");

        JsonNode series = JsonNode.Parse(run.Output)!["explanation"]!["series"]![0]!;
        Assert.False(series["chosen"]!.GetValue<bool>());
        Assert.Contains(series["evidence"]!.AsArray(), e => e!["kind"]!.GetValue<string>() == "Anatomy" && e["points"]!.GetValue<double>() < 0);
    }

    [Fact]
    public async Task Empty_folder_fails_with_one_line()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("process", _output, "--output", Path.Combine(_output, "out"));

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("no DICOM files", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Folder_of_several_studies_fails_with_one_line()
    {
        string studies = TestData.Require("mr-rtstruct-sts", "dicom");

        CommandLineRun run = await CommandLineRun.OfAsync("process", studies, "--output", _output);

        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains("holds 7 studies", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
