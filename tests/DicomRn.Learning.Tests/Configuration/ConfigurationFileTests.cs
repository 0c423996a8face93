using DicomRn.Learning.Configuration;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Training;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void Settings_are_read_and_the_rest_has_its_default()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["c.json"], """
            {
              // comments are allowed
              "cohort": "data", "run": "runs/one",
              "training": { "objective": "maskedContrast", "precision": "bfloat16", "views": { "largestZoom": 0.3 }, },
            }
            """);
        PretrainingConfiguration read = PretrainingConfiguration.Read(folder["c.json"]);
        Assert.Equal(folder["data"], read.Cohort);
        Assert.Equal(folder["runs", "one"], read.Run);
        Assert.Equal(PretrainingObjective.MaskedContrast, read.Training.Objective);
        Assert.Equal(TrainingPrecision.BFloat16, read.Training.Precision);
        Assert.Equal(0.3, read.Training.Views.LargestZoom);
        Assert.Equal(new PretrainingSettings().BatchSize, read.Training.BatchSize);
    }

    [Fact]
    public void All_malformed_settings_are_told()
    {
        IReadOnlyList<string> faults = Faults("""
            { "run": "r", "modl": {}, "threads": "two", "training": { "epochs": 1.5, "objective": "best", "views": [] } }
            """);
        Assert.Equal(6, faults.Count);
        Assert.Contains(faults, f => f.StartsWith("modl: no such setting; there are cohort, run, model", StringComparison.Ordinal));
        Assert.Contains("threads: \"two\" is not a whole number", faults);
        Assert.Contains("training.epochs: 1.5 is not a whole number", faults);
        Assert.Contains("training.objective: \"best\" is not one of restorationContrast, maskedContrast, featureContrast, contrast", faults);
        Assert.Contains("training.views: an object of settings in braces", faults);
        Assert.Contains("cohort: missing", faults);
    }

    [Fact]
    public void All_values_out_of_range_are_told()
    {
        IReadOnlyList<string> faults = Faults("""
            { "cohort": "c", "run": "r", "model": { "imageSize": 50 }, "threads": -1,
              "training": { "epochs": 0, "temperature": 0, "corruption": { "outerShare": 2 } } }
            """);
        Assert.Equal(
            [
                "model: Patch size 8 does not divide image size 50.", "threads: 0 or more", "training.temperature: above 0, at most 10",
                "training.epochs: 1 or more", "training.corruption.outerShare: 0 to 1",
            ],
            faults);
    }

    [Fact]
    public void What_is_no_JSON_names_the_file()
    {
        ConfigurationException e = Assert.Throws<ConfigurationException>(
            () => ConfigurationFile.Parse<PretrainingConfiguration>("{ \"cohort\": ", "some.json", c => c.Faults()));
        Assert.StartsWith("some.json: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_of_the_readme_are_valid()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DicomRn.sln")))
            root = root.Parent;
        string readme = File.ReadAllText(Path.Combine(root!.FullName, "README.md"));
        string Example(string name)
        {
            int begin = readme.IndexOf('{', readme.IndexOf($"// {name}.json", StringComparison.Ordinal));
            return readme[begin..readme.IndexOf("\n\n", begin, StringComparison.Ordinal)];
        }

        Assert.Equal(5, ConfigurationFile.Parse<PretrainingConfiguration>(Example("pretrain"), "", c => c.Faults()).Training.StopAfterEpochs);
        Assert.Equal(3, ConfigurationFile.Parse<FinetuningConfiguration>(Example("finetune"), "", c => c.Faults()).Training.Repeats);
        Assert.Equal(2, ConfigurationFile.Parse<EvaluationConfiguration>(Example("evaluate"), "", c => c.Faults()).Predictions.Count);
    }

    [Theory]
    [InlineData("\"classToken\": false", "training.pooling: mean or centre, as model.classToken is false")]
    [InlineData("\"headOutputs\": 2", "model: A head has 1 output, or there is none (0); 2 cannot be.")]
    public void A_model_that_does_not_fit_its_training_is_told(string model, string fault) => Assert.Contains(
        fault, Faults($$"""{ "cohort": "c", "run": "r", "model": { {{model}} } }"""));

    [Theory]
    [InlineData("restorationContrast", "\"droppedShare\": 0.5", "training.droppedShare: 0 but with the objectives contrast and featureContrast")]
    [InlineData("contrast", "\"droppedShare\": 1", "training.droppedShare: 0 to below 1")]
    [InlineData("contrast", "\"seenPatches\": \"towardsCentre\"", "training.seenPatches: only where patches are hidden or dropped")]
    public void Patches_that_would_not_be_left_out_are_told(string objective, string setting, string fault) => Assert.Contains(
        fault, Faults($$"""{ "cohort": "c", "run": "r", "training": { "objective": "{{objective}}", {{setting}} } }"""));

    private static IReadOnlyList<string> Faults(string text) => Assert.Throws<ConfigurationException>(
        () => ConfigurationFile.Parse<PretrainingConfiguration>(text, "c.json", c => c.Faults())).Faults;
}
