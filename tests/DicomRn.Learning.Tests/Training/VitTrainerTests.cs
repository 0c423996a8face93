using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Tests.Training;

[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class VitTrainerTests : IDisposable
{
    private static readonly VitConfiguration Tiny = new()
    {
        ImageSize = 12,
        PatchSize = 4,
        HiddenSize = 24,
        MlpSize = 48,
        Layers = 2,
        Heads = 3,
    };

    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 12,
        BatchSize = 8,
        LearningRate = 3e-3,
        CheckpointEvery = 4,
        OuterPatchDropRate = 0.3,
        PatchTargetWeight = 0.5,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-training-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_few_steps_lower_the_loss()
    {
        using VisionTransformer model = new(Tiny);
        IReadOnlyList<double> losses = new VitTrainer(Settings, TimeProvider.System)
            .Train(model, Samples(32), Samples(16), Path.Combine(_folder, "run"), null, Cancel);
        Assert.Equal(12, losses.Count);
        Assert.True(losses[^1] < 0.6 * losses[0], string.Join(", ", losses));
        string[] metrics = File.ReadAllLines(Path.Combine(_folder, "run", "metrics.csv"));
        Assert.Equal(13, metrics.Length);
        Assert.EndsWith("1.00000", metrics[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "run", "best.safetensors")));
    }

    [Fact]
    public void Interrupted_run_ends_with_the_same_weights()
    {
        IReadOnlyList<LesionSample> samples = Samples(32);
        using VisionTransformer whole = new(Tiny), interrupted = new(Tiny), resumed = new(Tiny);
        interrupted.Import(whole.Export());
        new VitTrainer(Settings, TimeProvider.System).Train(whole, samples, [], Path.Combine(_folder, "whole"), null, Cancel);

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        string run = Path.Combine(_folder, "interrupted");
        Assert.Throws<OperationCanceledException>(() => new VitTrainer(Settings, TimeProvider.System)
            .Train(interrupted, samples, [], run, new CancelAt(20, stop), stop.Token));
        new VitTrainer(Settings, TimeProvider.System).Train(resumed, samples, [], run, null, Cancel);

        IReadOnlyDictionary<string, StoredTensor> expected = whole.Export(), actual = resumed.Export();
        Assert.All(expected, p => Assert.Equal(p.Value.Values, actual[p.Key].Values));
    }

    [Fact]
    public void Every_turn_of_a_cube_keeps_its_values()
    {
        LesionSample sample = Samples(1)[0];
        float[] image = new float[12 * 12 * 12], mask = new float[image.Length], turned = new float[image.Length];
        sample.WriteTo(image, mask, Augmentation.None);
        HashSet<string> seen = [];
        for (int order = 0; order < 6; order++)
        {
            for (int mirrored = 0; mirrored < 8; mirrored++)
            {
                sample.WriteTo(turned, mask, new Augmentation(order, mirrored, 1, 0));
                Assert.Equal(image.Order(), turned.Order());
                seen.Add(string.Join(' ', turned.Take(200)));
            }
        }

        Assert.Equal(48, seen.Count);
    }

    [Fact]
    public void Patch_targets_turn_with_the_crop()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(12, 12, 12, 1, PatientPoint.Origin);
        Random random = new(3);
        byte[] looks = [.. Enumerable.Range(0, 1728).Select(_ => (byte)random.Next(3))];
        float[] image = [.. looks.Select(v => (float)v)];
        LesionSample sample = new(
            new LesionCrop(grid, image, new byte[1728], 1, 1), LesionClass.Progression, 1, PatchTargets.Of(new Volume<byte>(grid, looks), 4));
        float[] turned = new float[1728], mask = new float[1728], shares = new float[27], weights = new float[27];
        float[] expectedShares = new float[27], expectedWeights = new float[27];
        for (int change = 0; change < 48; change++)
        {
            Augmentation augmentation = new(change % 6, change / 6, 1, 0);
            sample.WriteTo(turned, mask, augmentation);
            sample.WritePatchTargets(shares, weights, augmentation);
            PatchTargets.Of(new Volume<byte>(grid, [.. turned.Select(v => (byte)v)]), 4)
                .WriteTo(expectedShares, expectedWeights, Augmentation.None);
            Assert.Equal(expectedShares, shares);
            Assert.Equal(expectedWeights, weights);
        }
    }

    [Fact]
    public void Temperature_undoes_a_scaling_and_thresholds_keep_the_error_rate()
    {
        // Logits z drawn with their own odds are calibrated at temperature 1; tripled, at 3.
        double[] grid = [.. Enumerable.Range(0, 2000).Select(n => -4 + 8 * n / 1999.0)];
        bool[] labels = [.. grid.Select((z, n) => n * 0.6180339887 % 1 < 1 / (1 + Math.Exp(-z)))];
        Assert.Equal(1, ScoreCalibration.Fit(grid, labels).Temperature, 0.1);
        Assert.Equal(3, ScoreCalibration.Fit([.. grid.Select(z => 3 * z)], labels).Temperature, 0.3);

        double[] probabilities = [.. grid.Select(z => 1 / (1 + Math.Exp(-z)))];
        DicomRn.Learning.Packs.DecisionRule rule = ScoreCalibration.Decide(probabilities, labels, 0.1);
        double missed = probabilities.Where((p, n) => labels[n] && p <= rule.RadiationNecrosisAtMost).Count() / (double)labels.Count(l => l);
        Assert.InRange(missed, 0.09, 0.1);
        Assert.True(rule.RadiationNecrosisAtMost < rule.ProgressionAtLeast);
    }

    [Fact]
    public void Too_few_cases_decide_nothing()
    {
        DicomRn.Learning.Packs.DecisionRule rule = ScoreCalibration.Decide([0.2, 0.8], [false, true], 0.1);
        Assert.True(rule.RadiationNecrosisAtMost < 0);
        Assert.True(rule.ProgressionAtLeast > 1);
    }

    /// <summary>Progression is bright in the centre; everything else is noise.</summary>
    private static LesionSample[] Samples(int count)
    {
        VolumeGeometry grid = VolumeGeometry.Axial(12, 12, 12, 1, PatientPoint.Origin);
        Random random = new(7);
        LesionSample[] samples = new LesionSample[count];
        for (int n = 0; n < count; n++)
        {
            bool progression = n % 2 == 0;
            float[] image = new float[grid.VoxelCount];
            byte[] mask = new byte[image.Length];
            for (int v = 0; v < image.Length; v++)
            {
                bool central = v % 12 is > 3 and < 8 && v / 12 % 12 is > 3 and < 8 && v / 144 is > 3 and < 8;
                image[v] = (float)random.NextDouble() + (central && progression ? 2 : 0);
                mask[v] = central ? (byte)1 : (byte)0;
            }

            Volume<byte> signal = new(grid, [.. mask.Select(m => (byte)(m == 0 ? 0 : progression ? 2 : 1))]);
            samples[n] = new LesionSample(
                new LesionCrop(grid, image, mask, 1, 64),
                progression ? LesionClass.Progression : LesionClass.RadiationNecrosis,
                n,
                PatchTargets.Of(signal, Tiny.PatchSize));
        }

        return samples;
    }

    private sealed class CancelAt(int step, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
                source.Cancel();
        }
    }
}
