using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

public sealed class ModelImportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_state_dict_becomes_a_pack_that_lists_shows_and_verifies()
    {
        StateDictFile vit = StateDictFile.Vit(hidden: 64, mlp: 96, outputs: 2, head: "classification_head.0");
        vit.Rename(name => "module." + name);
        CommandLineRun run = await ImportAsync(vit, "pack", "--output", _folder["models", "ours"], "--training-data", "412 lesions", "--spacing", "1.5");

        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("16³ voxels, 2 channel(s), patch 8, hidden size 64, MLP 96, 2 layers, 1 heads, without qkv bias, with class token", run.Output, StringComparison.Ordinal);
        Assert.Contains("the names begin with 'module.', which was taken off", run.Error, StringComparison.Ordinal);
        Assert.Contains("decides no class", run.Error, StringComparison.Ordinal);
        CommandLineRun verified = await CommandLineRun.OfAsync("model", "verify", "ours", "--models", _folder["models"]);
        Assert.True(verified.ExitCode == ExitCode.Success, verified.Error);
        Assert.Contains("weights loaded", verified.Output, StringComparison.Ordinal);
        CommandLineRun shown = await CommandLineRun.OfAsync("model", "show", "ours", "--models", _folder["models"]);
        Assert.Contains("trained on     412 lesions", shown.Output, StringComparison.Ordinal);
        Assert.Contains("decision       none: probabilities alone", shown.Output, StringComparison.Ordinal);
        Assert.Contains("ours", (await CommandLineRun.OfAsync("model", "list", "--models", _folder["models"])).Output, StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["models", "ours", "manifest.json"], TestContext.Current.CancellationToken));
        JsonElement preprocessing = manifest.RootElement.GetProperty("preprocessing");
        Assert.Equal((1.5, 16, 8.0), (preprocessing.GetProperty("spacingMm").GetDouble(), preprocessing.GetProperty("cropVoxels").GetInt32(), preprocessing.GetProperty("clipAt").GetDouble()));

        CommandLineRun again = await ImportAsync(vit, "pack", "--output", _folder["models", "ours"], "--training-data", "412 lesions");
        Assert.Equal(ExitCode.JobFailed, again.ExitCode);
        Assert.Contains("is not empty", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encoder_says_what_it_is_as_JSON_and_takes_preprocessing_from_a_file()
    {
        await File.WriteAllTextAsync(_folder["pre.json"], """{ "spacingMm": 2, "scalpMm": 10, "clipAt": 5 }""", TestContext.Current.CancellationToken);
        CommandLineRun run = await ImportAsync(
            StateDictFile.Vit(channels: 1, classToken: false), "encoder", "--output", _folder["encoder"], "--heads", "3", "--preprocessing", _folder["pre.json"], "--clip-at", "6", "--json");

        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        using JsonDocument told = JsonDocument.Parse(run.Output);
        Assert.Equal("encoder", told.RootElement.GetProperty("kind").GetString());
        Assert.False(told.RootElement.GetProperty("configuration").GetProperty("classToken").GetBoolean());
        using JsonDocument encoder = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["encoder", "encoder.json"], TestContext.Current.CancellationToken));
        JsonElement preprocessing = encoder.RootElement.GetProperty("preprocessing");
        Assert.Equal(
            (2.0, 16, 6.0, 10.0, 6.0),
            (preprocessing.GetProperty("spacingMm").GetDouble(), preprocessing.GetProperty("cropVoxels").GetInt32(), preprocessing.GetProperty("normalizationGridMm").GetDouble(),
                preprocessing.GetProperty("scalpMm").GetDouble(), preprocessing.GetProperty("clipAt").GetDouble()));
        Assert.True(File.Exists(_folder["encoder", "weights.safetensors"]));
    }

    [Theory]
    [InlineData("{ \"cropVoxels\": 48 }", "cropVoxels: 48 is not the model's input, 16")]
    [InlineData("{ \"spacingMm\": 0, \"clip\": 1 }", "clip: no such setting")]
    [InlineData("{ \"spacingMm\": 0, \"scalpMm\": -1 }", "spacingMm: above 0; scalpMm: 0 or more")]
    public async Task Wrong_preprocessing_is_told_and_nothing_is_written(string json, string fault)
    {
        await File.WriteAllTextAsync(_folder["pre.json"], json, TestContext.Current.CancellationToken);
        CommandLineRun run = await ImportAsync(StateDictFile.Vit(), "encoder", "--output", _folder["encoder"], "--heads", "3", "--preprocessing", _folder["pre.json"]);
        AssertFailed(run, fault);
    }

    [Fact]
    public async Task A_file_that_does_not_fit_is_one_line_and_nothing_is_written()
    {
        StateDictFile vit = StateDictFile.Vit(outputs: 0);
        vit.Tensors.Remove("norm.weight");
        CommandLineRun run = await ImportAsync(vit, "pack", "--output", _folder["encoder"], "--training-data", "x");
        AssertFailed(run, "missing: norm.weight, classification_head.weight, classification_head.bias (without a head it can be imported as an encoder and fine-tuned)");
        Assert.Contains("state the heads", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--training-data: a pack says", "--as", "pack")]
    [InlineData("--trained-on-phantoms: only with --as pack", "--as", "encoder", "--trained-on-phantoms")]
    [InlineData("--training-data: only with --as pack", "--as", "encoder", "--training-data", "x")]
    [InlineData("--axes: 'XYZ' is not three letters", "--as", "encoder", "--axes", "XYZ")]
    [InlineData("--heads: 1 or more", "--as", "encoder", "--heads", "0")]
    [InlineData("--progression-class: 0 or 1", "--as", "pack", "--training-data", "x", "--progression-class", "2")]
    [InlineData("--spacing: above 0", "--as", "encoder", "--spacing", "0")]
    [InlineData("--temperature: above 0", "--as", "pack", "--training-data", "x", "--temperature", "-1")]
    [InlineData("--temperature and --cohort", "--as", "pack", "--training-data", "x", "--temperature", "2", "--cohort", "c")]
    [InlineData("--error-rate: only with --cohort", "--as", "pack", "--training-data", "x", "--error-rate", "0.2")]
    [InlineData("--error-rate: above 0, below 0.5", "--as", "pack", "--training-data", "x", "--error-rate", "0.7", "--cohort", "c")]
    [InlineData("'model'", "--as", "model")]
    public async Task Wrong_options_are_wrong_usage(string fault, params string[] options)
    {
        CommandLineRun run = await CommandLineRun.OfAsync(["model", "import", "none.safetensors", "--output", _folder["o"], .. options]);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
    }

    private Task<CommandLineRun> ImportAsync(StateDictFile vit, string kind, params string[] options) => CommandLineRun.OfAsync(
        ["model", "import", vit.Write(_folder["vit.safetensors"]), "--as", kind, .. options]);

    private void AssertFailed(CommandLineRun run, string fault)
    {
        Assert.Equal(ExitCode.JobFailed, run.ExitCode);
        Assert.Contains(fault, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["encoder"]));
    }
}
