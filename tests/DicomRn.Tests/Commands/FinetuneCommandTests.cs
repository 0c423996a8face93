using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class FinetuneCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_that_is_done_gets_its_pack_later_and_the_pack_is_shown_and_verified()
    {
        await SucceedAsync(
            "phantom", "cohort", "--output", _folder["cohort"], "--seed", "1", "--unlabelled", "1", "--labelled", "24", "--external", "6", "--time-points", "1",
            "--edge", "32");
        CommandLineRun trained = await SucceedAsync("finetune", Configuration("first.json", ""));
        Assert.DoesNotContain("The pack", trained.Output, StringComparison.Ordinal);
        CommandLineRun packed = await SucceedAsync("finetune", Configuration("second.json", """
            , "pack": { "folder": "packs", "name": "trial", "version": "2.1", "intendedUse": "Tests.", "trainingData": "Phantoms.", "trainedOnPhantoms": true }
            """));
        Assert.Contains(_folder["packs", "trial"], packed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fold", packed.Error, StringComparison.Ordinal);

        CommandLineRun shown = await SucceedAsync("model", "show", "trial", "--models", _folder["packs"]);
        Assert.Contains("trial 2.1", shown.Output, StringComparison.Ordinal);
        Assert.Contains("concatenation of time, volume", shown.Output, StringComparison.Ordinal);
        Assert.Contains("volume of the lesion: known in", shown.Output, StringComparison.Ordinal);
        CommandLineRun json = await SucceedAsync("model", "show", "trial", "--models", _folder["packs"], "--json");
        Assert.Contains("\"kind\": \"concatenation\"", json.Output, StringComparison.Ordinal);
        Assert.Contains("clinical data by concatenation", (await SucceedAsync("model", "verify", "--models", _folder["packs"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incomplete_section_pack_is_told_with_every_missing_setting()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("finetune", Configuration("wrong.json", """, "pack": { "folder": "packs", "name": "a b" }"""));
        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        foreach (string missing in new[] { "pack.version: missing", "pack.intendedUse: missing", "pack.trainingData: missing", "pack.trainedOnPhantoms: missing" })
            Assert.Contains(missing, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private string Configuration(string name, string more)
    {
        File.WriteAllText(_folder[name], $$"""
            { "name": "trial", "cohort": "cohort", "run": "run", "fusion": "concatenation", "clinicalGroups": ["time", "volume"],
              "model": { "imageSize": 32, "patchSize": 16, "hiddenSize": 12, "mlpSize": 24, "layers": 1, "heads": 3 }, "device": "cpu", "threads": 1,
              "training": { "folds": 2, "epochs": 1, "batchSize": 8 }{{more}} }
            """);
        return _folder[name];
    }

    private static async Task<CommandLineRun> SucceedAsync(params string[] args)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(args);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        return run;
    }
}
