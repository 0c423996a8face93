using DicomRn.Learning.Explanation;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Tests.Packs;
using DicomRn.Learning.Tests.Torch;

namespace DicomRn.Learning.Tests.Explanation;

/// <summary>What a model forgets is drawn from libtorch's random numbers.</summary>
[Collection(SeededTrainingCollection.Name)]
public sealed class ExplanationMeasurementTests(TinyPack tiny) : IClassFixture<TinyPack>
{
    [Fact]
    public void A_pack_is_measured_with_controls_and_the_same_seed_gives_the_same_figures()
    {
        ExplanationResult first = Measure(), second = Measure();

        Assert.Equivalent(first, second, strict: true);
        Assert.InRange(first.Agreement.Max(a => a.Auc.Lesions), 2, first.Phantoms);
        // The mask of a lesion finds the patches with the look of its class far better than chance: the phantoms' signal is in the lesion.
        ExplanationAgreement mask = first.Agreement.Single(a => a.Map == "control: lesion mask");
        Assert.True(mask.Auc.Mean > 0.8, $"{mask}");
        Assert.All(first.Sanity.Where(s => s.Part is "classification_head" or "norm"), s => Assert.Equal(1, s.Correlation.Mean!.Value, 1e-6));
        Assert.All(first.Sanity.Where(s => s.Part == "patch_embedding"), s => Assert.True(s.Correlation.Mean < 0.9, $"{s}"));
    }

    [Fact]
    public void A_changed_pack_is_refused()
    {
        string folder = tiny.Copy("explained");
        File.AppendAllText(Path.Combine(folder, ModelPack.WeightsName), "x");

        ModelPackException refused = Assert.Throws<ModelPackException>(
            () => ExplanationMeasurement.Run(ModelPack.Load(folder), 2, 1, new InferenceSettings(), null, TestContext.Current.CancellationToken));

        Assert.Contains(ModelPack.WeightsName, refused.Message, StringComparison.Ordinal);
    }

    private ExplanationResult Measure() =>
        ExplanationMeasurement.Run(tiny.Pack, 6, 3, new InferenceSettings { Threads = 2 }, null, TestContext.Current.CancellationToken);
}
