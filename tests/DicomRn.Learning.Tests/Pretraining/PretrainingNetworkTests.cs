using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class PretrainingNetworkTests
{
    private static readonly VitConfiguration Tiny = new()
    {
        InChannels = 1,
        ImageSize = 8,
        PatchSize = 4,
        HiddenSize = 12,
        MlpSize = 24,
        Layers = 1,
        Heads = 2,
    };

    private static readonly PretrainingSettings Settings = new()
    {
        BatchSize = 2,
        ProjectionSize = 6,
        DecoderSize = 12,
        DecoderHeads = 2,
        DecoderLayers = 1,
    };

    public PretrainingNetworkTests() => TorchRuntime.Initialize();

    [Fact]
    public void Restoration_multiplies_by_one_plus_contrast()
    {
        using PretrainingNetwork network = Network(PretrainingObjective.RestorationContrast);
        (double total, double reconstruction, double contrast) = Losses(network, Batch(null));
        Assert.True(reconstruction > 0.05 && contrast > 0.05, $"{reconstruction} {contrast}");
        Assert.Equal(reconstruction * (1 + contrast), total, 1e-5);
    }

    [Fact]
    public void Masked_loss_is_about_hidden_patches_alone()
    {
        using PretrainingNetwork network = Network(PretrainingObjective.MaskedContrast);
        PretrainingBatch batch = Batch([0, 5, 1, 2, 3, 7, 0, 6]);
        double before = Losses(network, batch).Reconstruction;
        float[] seenChanged = [.. batch.Targets], hiddenChanged = [.. batch.Targets];
        seenChanged[0] += 10; // voxel 0 lies in patch 0, which the first view keeps
        hiddenChanged[4] += 10; // voxel 4 lies in patch 1, which it does not
        Assert.Equal(before, Losses(network, batch with { Targets = seenChanged }).Reconstruction, 1e-6);
        Assert.NotEqual(before, Losses(network, batch with { Targets = hiddenChanged }).Reconstruction, 1e-2);
        (double total, double reconstruction, double contrast) = Losses(network, batch);
        Assert.Equal(reconstruction + Settings.ContrastWeight * contrast, total, 1e-5);
    }

    [Fact]
    public void Hidden_patches_are_not_seen()
    {
        using PretrainingNetwork network = Network(PretrainingObjective.MaskedContrast);
        PretrainingBatch batch = Batch([0, 5, 1, 2, 3, 7, 0, 6]);
        float[] changed = [.. batch.Views];
        changed[4] += 10;
        Assert.Equal(Losses(network, batch), Losses(network, batch with { Views = changed }));
    }

    [Fact]
    public void Features_are_told_beside_the_contrast()
    {
        using PretrainingNetwork network = Network(PretrainingObjective.FeatureContrast);
        PretrainingBatch batch = Batch([0, 5, 1, 2, 3, 7, 0, 6]);
        (double total, double reconstruction, double contrast) = Losses(network, batch);
        Assert.Equal(reconstruction + Settings.ContrastWeight * contrast, total, 1e-5);
        // One of 4 × 2 × 8 numbers, and nothing is whitened yet; a second difference of squares tells its weight alone.
        Assert.Equal(200 / 64.0, Shifted(10) + Shifted(-10) - 2 * reconstruction, 1e-2);

        double Shifted(float by)
        {
            float[] changed = [.. batch.Features!];
            changed[7 * PatchFeatures.Count] += by;
            return Losses(network, batch with { Features = changed }).Reconstruction;
        }
    }

    [Fact]
    public void Features_are_whitened_by_those_of_the_training_data()
    {
        PretrainingSettings settings = Settings with { Objective = PretrainingObjective.FeatureContrast, BatchSize = 8 };
        VitConfiguration sizes = Tiny with { ImageSize = BlobScans.Voxels };
        PretrainingBatches batches = new(new BlobScans(48), [.. Enumerable.Range(0, 48)], sizes, settings, false);
        using PretrainingNetwork network = PretrainingNetwork.Create(sizes, settings);
        network.Measure(batches);

        using var scope = NewDisposeScope();
        Tensor all = cat([.. Enumerable.Range(0, batches.PerEpoch).Select(n => batches.Make(n).FeatureTensor(CPU).flatten(0, 1))], 0);
        Tensor white = (all - network.get_buffer("feature_mean")!).matmul(network.get_buffer("feature_whitening")!);
        Assert.Equal(0, white.mean([0]).abs().max().item<float>(), 1e-3f);
        Tensor covariance = white.t().mm(white) / all.shape[0];
        for (int i = 0; i < PatchFeatures.Count; i++)
        {
            // The ridge leaves less of what hardly varies.
            Assert.InRange(covariance[i, i].item<float>(), 0.2f, 1.01f);
            for (int j = 0; j < i; j++)
                Assert.InRange(covariance[i, j].item<float>(), -0.3f, 0.3f);
        }
    }

    [Fact]
    public void Patches_are_in_the_order_of_the_tokens()
    {
        using var scope = NewDisposeScope();
        Tensor cube = arange(512, ScalarType.Float32).view(1, 1, 8, 8, 8);
        Tensor patches = Patches.Of(cube, 4);
        using Conv3d first = nn.Conv3d(1, 1, 4, stride: 4, bias: false);
        using (no_grad())
        {
            first.weight.zero_();
            first.weight[0, 0, 1, 2, 3] = 1;
        }

        Assert.Equal(first.call(cube).flatten().data<float>().ToArray(), patches[0, TensorIndex.Colon, 27].data<float>().ToArray());
    }

    [Theory]
    [InlineData(PretrainingObjective.RestorationContrast, true)]
    [InlineData(PretrainingObjective.MaskedContrast, true)]
    [InlineData(PretrainingObjective.FeatureContrast, true)]
    [InlineData(PretrainingObjective.Contrast, true)]
    [InlineData(PretrainingObjective.RestorationContrast, false)]
    [InlineData(PretrainingObjective.MaskedContrast, false)]
    [InlineData(PretrainingObjective.FeatureContrast, false)]
    [InlineData(PretrainingObjective.Contrast, false)]
    public void Everything_but_the_classification_head_gets_gradients_also_after_a_move(PretrainingObjective objective, bool classToken)
    {
        using PretrainingNetwork network = Network(objective, Tiny with { ClassToken = classToken, QkvBias = !classToken });
        Assert.Equal(classToken, network.named_parameters().Any(p => p.name == "encoder.cls_token"));
        string[] names = [.. network.named_parameters().Select(p => p.name)];
        network.to(ScalarType.Float64);
        network.to(ScalarType.Float32);
        Assert.Equal(names, network.named_parameters().Select(p => p.name));
        using var scope = NewDisposeScope();
        network.Loss(Batch(objective == PretrainingObjective.MaskedContrast ? [0, 5, 1, 2, 3, 7, 0, 6] : null), CPU).Total.backward();
        Assert.All(
            network.named_parameters().Where(p => !p.name.Contains("classification_head")),
            p => Assert.True(p.parameter.grad is { } g && g.abs().sum().item<float>() > 0, p.name));
    }

    private static PretrainingNetwork Network(PretrainingObjective objective, VitConfiguration? sizes = null)
    {
        manual_seed(4);
        return PretrainingNetwork.Create(sizes ?? Tiny, Settings with { Objective = objective });
    }

    private static PretrainingBatch Batch(long[]? kept)
    {
        Random random = new(3);
        float[] Cubes() => [.. Enumerable.Range(0, 4 * 512).Select(_ => (float)random.NextDouble())];
        float[] views = Cubes();
        int seen = kept is null ? 8 : kept.Length / 4;
        float[] features = [.. Enumerable.Range(0, 4 * seen * PatchFeatures.Count).Select(_ => (float)random.NextDouble())];
        return new PretrainingBatch(2, 8, views, kept is null ? Cubes() : views, kept, [0, 1], features);
    }

    private static (double Total, double Reconstruction, double Contrast) Losses(PretrainingNetwork network, PretrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        PretrainingLoss loss = network.Loss(batch, CPU);
        return (loss.Total.item<float>(), loss.Reconstruction!.item<float>(), loss.Contrast.item<float>());
    }
}
