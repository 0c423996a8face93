using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using DicomRn.TestSupport;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Pretraining;

[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class PretrainingTrainerTests : IDisposable
{
    private static readonly VitConfiguration Tiny = new()
    {
        InChannels = 1,
        ImageSize = BlobScans.Voxels,
        PatchSize = 4,
        HiddenSize = 24,
        MlpSize = 48,
        Layers = 2,
        Heads = 3,
    };

    private static readonly PretrainingSettings Settings = new()
    {
        Epochs = 6,
        BatchSize = 8,
        LearningRate = 2e-3,
        ProjectionSize = 16,
        DecoderSize = 24,
        DecoderLayers = 1,
        ValidationShare = 0.25,
        ReportEvery = 2,
        CheckpointEvery = 5,
    };

    private readonly TemporaryFolder _folder = new();

    public PretrainingTrainerTests() => TorchRuntime.Initialize();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PretrainingObjective.RestorationContrast, TrainingPrecision.Float32)]
    [InlineData(PretrainingObjective.MaskedContrast, TrainingPrecision.Float32)]
    [InlineData(PretrainingObjective.FeatureContrast, TrainingPrecision.Float32)]
    [InlineData(PretrainingObjective.Contrast, TrainingPrecision.Float32)]
    [InlineData(PretrainingObjective.RestorationContrast, TrainingPrecision.BFloat16)]
    [InlineData(PretrainingObjective.MaskedContrast, TrainingPrecision.BFloat16)]
    [InlineData(PretrainingObjective.FeatureContrast, TrainingPrecision.BFloat16)]
    public void Validation_loss_falls(PretrainingObjective objective, TrainingPrecision precision)
    {
        string run = Run(Settings with { Objective = objective, Precision = precision, Epochs = 25 }, "run");
        double[] losses = [.. MetricsTable.Read(Path.Combine(run, "metrics.csv"))["validation_loss"].Where(v => !double.IsNaN(v))];
        Assert.Equal(25, losses.Length);
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void Contrast_of_what_is_near_the_centre_seen_by_some_of_its_patches_is_learnt()
    {
        string run = Run(
            Settings with { Objective = PretrainingObjective.Contrast, Pooling = TokenPooling.Centre, DroppedShare = 0.5, SeenPatches = PatchDraw.TowardsCentre, Epochs = 25 },
            "run");
        double[] losses = [.. MetricsTable.Read(Path.Combine(run, "metrics.csv"))["validation_loss"].Where(v => !double.IsNaN(v))];
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(", ", losses));
    }

    [Theory]
    [InlineData(PretrainingObjective.RestorationContrast)]
    [InlineData(PretrainingObjective.MaskedContrast)]
    [InlineData(PretrainingObjective.FeatureContrast)]
    public void Interrupted_run_ends_with_the_same_weights_and_metrics_with_any_number_of_workers(PretrainingObjective objective)
    {
        PretrainingSettings settings = Settings with { Objective = objective };
        string whole = Run(settings, "whole");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Assert.Throws<OperationCanceledException>(() => Run(settings, "interrupted", new CancelAt(12, stop), stop.Token));
        string resumed = Run(settings with { Workers = 3 }, "interrupted");

        foreach (string file in new[] { "checkpoint/weights.safetensors", "checkpoint/optimizer.safetensors", "best.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(resumed, file)));
        MetricsTable expected = MetricsTable.Read(Path.Combine(whole, "metrics.csv")), actual = MetricsTable.Read(Path.Combine(resumed, "metrics.csv"));
        Assert.Equal(expected["step"], actual["step"]);
        Assert.Equal(expected["validation_loss"], actual["validation_loss"]);
    }

    [Fact]
    public void Training_ends_early_when_the_validation_loss_does_not_fall()
    {
        // With a learning rate that changes nothing the loss stays where it is: the second epoch is no better than the first.
        string run = Run(Settings with { LearningRate = 1e-30, WeightDecay = 0, StopAfterEpochs = 2, Objective = PretrainingObjective.Contrast }, "run");
        Assert.Equal(3, MetricsTable.Read(Path.Combine(run, "metrics.csv"))["validation_loss"].Count(v => !double.IsNaN(v)));
        Run(Settings with { LearningRate = 1e-30, WeightDecay = 0, StopAfterEpochs = 2, Objective = PretrainingObjective.Contrast }, "run");
        Assert.Equal(3, MetricsTable.Read(Path.Combine(run, "metrics.csv"))["validation_loss"].Count(v => !double.IsNaN(v)));
    }

    [Fact]
    public void Too_few_scans_are_told()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Run(Settings with { BatchSize = 60 }, "run"));
        Assert.Contains("do not fill a batch of 60", e.Message, StringComparison.Ordinal);
    }

    private string Run(PretrainingSettings settings, string name, IProgress<PretrainingProgress>? progress = null, CancellationToken? cancel = null)
    {
        string folder = Directory.CreateDirectory(_folder[name]).FullName;
        IReadOnlyDictionary<string, StoredTensor> weights = new PretrainingTrainer(settings, CPU, TimeProvider.System)
            .Train(Tiny, new BlobScans(48), folder, progress, cancel ?? Cancel);
        using VisionTransformer encoder = new(Tiny);
        encoder.Import(weights);
        return folder;
    }

    private sealed class CancelAt(int step, CancellationTokenSource source) : IProgress<PretrainingProgress>
    {
        public void Report(PretrainingProgress value)
        {
            if (value.Step >= step)
                source.Cancel();
        }
    }
}
