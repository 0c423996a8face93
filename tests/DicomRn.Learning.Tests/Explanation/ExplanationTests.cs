using DicomRn.Learning.Explanation;
using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Explanation;

public sealed class ExplanationTests
{
    private static readonly VitConfiguration Sizes = new() { ImageSize = 32, PatchSize = 8, HiddenSize = 12, MlpSize = 24, Layers = 2, Heads = 3 };

    [Fact]
    public void Occluding_a_patch_gives_the_change_of_the_logit_with_that_patch_set_to_the_median()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using VisionTransformer model = new(Sizes);
        model.eval();
        Tensor input = randn([1, 2, 32, 32, 32]);

        double[] changes = PatchOcclusion.Of(model.call, Sizes, input, TestContext.Current.CancellationToken);

        using var none = no_grad();
        float whole = model.call(input).item<float>();
        Assert.Equal(64, changes.Length);
        foreach ((int patch, int x, int y, int z) in new[] { (0, 0, 0, 0), (1, 1, 0, 0), (4, 0, 1, 0), (16, 0, 0, 1), (63, 3, 3, 3) })
        {
            Tensor occluded = input.clone();
            occluded[0, 0, (8 * z)..(8 * z + 8), (8 * y)..(8 * y + 8), (8 * x)..(8 * x + 8)] = zeros(8, 8, 8);
            Assert.Equal(Math.Abs(model.call(occluded).item<float>() - whole), changes[patch], 1e-5);
        }

        Assert.True(changes.Max() > 1e-3);
    }

    [Fact]
    public void Patches_count_voxels_in_the_order_of_the_tokens()
    {
        byte[] voxels = new byte[32 * 32 * 32];
        for (int x = 8; x < 16; x++)
        {
            for (int y = 24; y < 32; y++)
                voxels[x + (32 * (y + (32 * 17)))] = 1;
        }

        double[] counts = PatchCounts.Of(voxels, Sizes);

        Assert.Equal(64, counts[1 + (4 * (3 + (4 * 2)))]);
        Assert.Equal(64, counts.Sum());
    }

    [Fact]
    public void A_map_of_the_signal_agrees_fully_and_an_inverted_one_not_at_all()
    {
        double[] signal = new double[64], lesion = new double[64];
        foreach (int p in new[] { 20, 21, 22, 25 })
            signal[p] = 256;
        foreach (int p in new[] { 20, 21, 22, 25, 26, 37, 38 })
            lesion[p] = 512;

        MapAgreement right = MapAgreement.Of(signal, signal, lesion)!, wrong = MapAgreement.Of([.. signal.Select(s => 256 - s)], signal, lesion)!;
        MapAgreement even = MapAgreement.Of([.. Enumerable.Repeat(1.0, 64)], signal, lesion)!, ofLesion = MapAgreement.Of(lesion, signal, lesion)!;

        Assert.Equal(new MapAgreement(1, 1, 16, true), right);
        Assert.Equal((0.0, (double?)0.0, false), (wrong.Auc, wrong.LesionAuc, wrong.Hit));
        Assert.Equal((0.5, (double?)0.5, 1.0), (even.Auc, even.LesionAuc, even.Enrichment));
        // The mask finds the lesion and nothing in it.
        Assert.Equal((1 - (3 / 60.0 / 2), (double?)0.5), (ofLesion.Auc, ofLesion.LesionAuc));
        Assert.Null(MapAgreement.Of(signal, [.. signal.Select((s, p) => p == 20 ? s : s / 8)], lesion));
    }

    [Fact]
    public void Forgetting_changes_one_part_alone_and_all_parts_together_are_the_whole_model()
    {
        manual_seed(1);
        using VisionTransformer model = new(Sizes);
        HashSet<string> left = [.. model.Export().Keys];
        foreach (string part in CascadingRandomization.Parts(Sizes))
        {
            Dictionary<string, StoredTensor> before = model.Export().ToDictionary();
            CascadingRandomization.Forget(model, part, 9);
            string[] touched = [.. before.Keys.Where(k => k == part || k.StartsWith(part + ".", StringComparison.Ordinal))];
            Assert.NotEmpty(touched);
            IReadOnlyDictionary<string, StoredTensor> after = model.Export();
            Assert.All(before.Keys.Except(touched), k => Assert.Equal(before[k].Values, after[k].Values));
            left.ExceptWith(touched);
            if (part.StartsWith("blocks", StringComparison.Ordinal))
                Assert.NotEqual(before[$"{part}.attn.qkv.weight"].Values, after[$"{part}.attn.qkv.weight"].Values);
        }

        Assert.Empty(left);
    }
}
