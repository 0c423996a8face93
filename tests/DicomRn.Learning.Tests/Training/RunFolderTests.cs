using DicomRn.Learning.Configuration;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Training;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Training;

/// <summary>A run that an older program began is carried on where that had fewer settings.</summary>
public sealed class RunFolderTests : IDisposable
{
    private static readonly string[] LaterSettings = ["qkvBias", "classToken", "headOutputs"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_without_the_later_sizes_of_a_transformer_count_with_their_defaults()
    {
        FinetuningConfiguration wanted = new() { Name = "a", Cohort = "c", Run = "", Model = VitConfiguration.Small };
        string[] lines = ConfigurationFile.Write(wanted).Split('\n');
        string older = string.Join('\n', lines.Where(l => !LaterSettings.Any(s => l.Contains($"\"{s}\":", StringComparison.Ordinal))))
            .Replace("\"dropoutRate\": 0,", "\"dropoutRate\": 0", StringComparison.Ordinal);
        Assert.Equal(lines.Length - 3, older.Split('\n').Length);
        File.WriteAllText(_folder["settings.json"], older);

        RunFolder.KeepSettings(_folder.Path, "settings.json", wanted);

        Assert.Throws<InvalidDataException>(() => RunFolder.KeepSettings(
            _folder.Path, "settings.json", wanted with { Model = VitConfiguration.Small with { ClassToken = false } }));
    }

    [Fact]
    public void Options_of_a_phantom_training_of_the_first_version_are_accepted()
    {
        const string Older = """
            {
              "TrainingPatients": 6000,
              "ValidationPatients": 400,
              "Configuration": {
                "InChannels": 2, "ImageSize": 48, "PatchSize": 8, "HiddenSize": 192, "MlpSize": 768, "Layers": 6, "Heads": 3, "DropoutRate": 0,
                "PatchesPerEdge": 6, "Patches": 216
              },
              "Preprocessing": { "SpacingMm": 1, "CropVoxels": 48, "NormalizationGridMm": 6, "ScalpMm": 18, "ClipAt": 8 },
              "Training": {
                "Seed": 1, "Epochs": 10, "BatchSize": 16, "LearningRate": 0.0005, "WarmupShare": 0.05, "WeightDecay": 0.05, "LargestGradientNorm": 1,
                "CheckpointEvery": 100, "OuterPatchDropRate": 0.75, "AllPatchesShare": 0.2, "PatchTargetWeight": 1, "Augment": true
              }
            }
            """;
        PhantomTrainingOptions wanted = new() { RunFolder = _folder.Path, ModelsFolder = _folder.Path };
        File.WriteAllText(_folder["options.json"], Older);

        PhantomTraining.KeepOptions(wanted);
        PhantomTraining.KeepOptions(wanted);

        Assert.Throws<InvalidDataException>(() => PhantomTraining.KeepOptions(wanted with { TrainingPatients = 5 }));
        Assert.Throws<InvalidDataException>(() => PhantomTraining.KeepOptions(wanted with { Configuration = wanted.Configuration with { QkvBias = true } }));
    }
}
