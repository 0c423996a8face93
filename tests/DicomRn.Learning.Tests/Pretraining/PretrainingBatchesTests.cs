using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class PretrainingBatchesTests
{
    private static readonly VitConfiguration Tiny = new() { InChannels = 1, ImageSize = 8, PatchSize = 4, HiddenSize = 12, Heads = 2, Layers = 1 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Second_view_shows_another_scan_of_the_lesion(bool serial)
    {
        PretrainingSettings settings = new() { BatchSize = 4, SerialPairs = serial, Objective = PretrainingObjective.Contrast, Views = ViewSettings.None };
        PretrainingBatch batch = new PretrainingBatches(new ConstantScans(8, 8), [.. Enumerable.Range(0, 8)], Tiny, settings, false).Make(0);
        for (int n = 0; n < 4; n++)
        {
            int first = (int)batch.Views[n * 512], second = (int)batch.Views[(4 + n) * 512];
            Assert.Equal(serial ? first ^ 1 : first, second);
        }
    }

    [Fact]
    public void Every_epoch_sees_every_scan_once_and_in_another_order()
    {
        PretrainingSettings settings = new() { BatchSize = 4, Objective = PretrainingObjective.Contrast, Views = ViewSettings.None };
        PretrainingBatches batches = new(new ConstantScans(8, 8), [.. Enumerable.Range(0, 8)], Tiny, settings, false);
        int[] Seen(int step) => [.. Enumerable.Range(0, 4).Select(n => (int)batches.Make(step).Views[n * 512])];
        int[] first = [.. Seen(0), .. Seen(1)], second = [.. Seen(2), .. Seen(3)];
        Assert.Equal(Enumerable.Range(0, 8), first.Order());
        Assert.Equal(Enumerable.Range(0, 8), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_quarter_of_the_patches_is_kept_and_differs_between_views()
    {
        PretrainingSettings settings = new() { BatchSize = 4, Objective = PretrainingObjective.MaskedContrast };
        VitConfiguration many = Tiny with { PatchSize = 2 };
        PretrainingBatch batch = new PretrainingBatches(new ConstantScans(8, 8), [.. Enumerable.Range(0, 8)], many, settings, false).Make(0);
        Assert.Equal(8 * 16, batch.Kept!.Length);
        long[][] views = [.. batch.Kept.Chunk(16)];
        Assert.All(views, v => Assert.Equal(v.Distinct().Order(), v));
        Assert.Equal(8, views.Select(v => string.Join(' ', v)).Distinct().Count());
    }

    [Fact]
    public void Features_are_told_of_views_without_their_noise()
    {
        PretrainingSettings settings = new()
        {
            BatchSize = 4,
            SerialPairs = false,
            Objective = PretrainingObjective.FeatureContrast,
            Views = ViewSettings.None with { LargestNoise = 0.3 },
        };
        PretrainingBatch batch = new PretrainingBatches(new ConstantScans(8, 8), [.. Enumerable.Range(0, 8)], Tiny, settings, false).Make(0);
        float[][] views = [.. batch.Views.Chunk(512)];
        Assert.Equal(8 * 8 * PatchFeatures.Count, batch.Features!.Length);
        for (int n = 0; n < 8; n++)
        {
            Assert.True(views[n].Distinct().Count() > 100);
            float[][] patches = [.. batch.Features.Chunk(PatchFeatures.Count).Skip(8 * n).Take(8)];
            Assert.All(patches, p => Assert.Equal(views[n].Average(), p[0], 0.1f));
            Assert.All(patches, p => Assert.All(p[1..], v => Assert.InRange(v, -1e-3f, 1e-3f)));
        }
    }

    [Theory]
    [InlineData(PatchDraw.Even, 0.11, 0.14)]
    [InlineData(PatchDraw.TowardsCentre, 0.22, 0.5)]
    public void Patches_of_a_contrast_are_dropped_and_the_others_drawn_as_asked(PatchDraw draw, double least, double most)
    {
        PretrainingSettings settings = new() { BatchSize = 8, Objective = PretrainingObjective.Contrast, DroppedShare = 0.75, SeenPatches = draw, Views = ViewSettings.None };
        VitConfiguration many = Tiny with { PatchSize = 2 };
        PretrainingBatches batches = new(new ConstantScans(8, 8), [.. Enumerable.Range(0, 8)], many, settings, false);

        long[][] views = [.. Enumerable.Range(0, 40).SelectMany(step => batches.Make(step).Kept!.Chunk(16))];

        Assert.All(views, v => Assert.Equal(v.Distinct().Order(), v));
        Assert.Equal(Enumerable.Range(0, 64).Select(n => (long)n), views.SelectMany(v => v).Distinct().Order());
        // An eighth of the patches touch the centre.
        double central = views.SelectMany(v => v).Average(n => Middle(n % 4) && Middle(n / 4 % 4) && Middle(n / 16) ? 1.0 : 0.0);
        Assert.InRange(central, least, most);

        static bool Middle(long place) => place is 1 or 2;
    }

    [Fact]
    public void Corruption_cuts_blocks_out_or_leaves_blocks_and_shuffles_within()
    {
        float[] original = [.. Enumerable.Range(0, 4096).Select(n => (float)n)];
        CorruptionSettings none = new() { Blocks = 0, OuterShare = 0, ShuffledBlocks = 3, ShuffleShare = 1, ShuffledSize = 0.25 };
        float[] shuffled = Corrupt(original, none);
        Assert.Equal(original, shuffled.Order());
        Assert.InRange(Changed(original, shuffled), 60, 192);

        CorruptionSettings inner = new() { Blocks = 1, OuterShare = 0, ShuffleShare = 0, InnerSmallest = 0.25, InnerLargest = 0.25 };
        Assert.InRange(Changed(original, Corrupt(original, inner)), 60, 64);
        CorruptionSettings outer = new() { Blocks = 1, OuterShare = 1, ShuffleShare = 0, OuterSmallest = 0.5, OuterLargest = 0.5 };
        Assert.InRange(Changed(original, Corrupt(original, outer)), 4096 - 512 - 10, 4096 - 512);
    }

    private static float[] Corrupt(float[] original, CorruptionSettings settings)
    {
        float[] view = [.. original];
        Corruption.Apply(view, 16, settings, SeededRandom.For(2, 1));
        return view;
    }

    private static int Changed(float[] a, float[] b) => a.Where((v, n) => v != b[n]).Count();
}
