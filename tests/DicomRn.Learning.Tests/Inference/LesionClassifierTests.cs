using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Tests.Packs;

namespace DicomRn.Learning.Tests.Inference;

[Collection(TinyPackCollection.Name)]
public sealed class LesionClassifierTests(TinyPack tiny) : IDisposable
{
    private readonly LesionClassifier _classifier = new(tiny.Pack, new InferenceSettings { Device = ComputeDevice.Cpu, Threads = 2 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _classifier.Dispose();

    [Fact]
    public async Task Same_lesion_gets_the_same_answer_on_any_thread()
    {
        PhantomHead head = Head(41);
        LesionClassification first = _classifier.Classify(head.T1ce, head.Lesions[0].Mask, Cancel);
        LesionClassification[] again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => _classifier.Classify(head.T1ce, head.Lesions[0].Mask, Cancel), Cancel)));
        Assert.InRange(first.ProgressionProbability!.Value, 0, 1);
        Assert.Equal(1, first.ProgressionProbability + first.RadiationNecrosisProbability);
        Assert.All(again, other =>
        {
            Assert.Equal(first.ProgressionProbability, other.ProgressionProbability);
            Assert.Equal(first.Distance, other.Distance);
            Assert.Equal(first.Decision, other.Decision);
            Assert.Equal(first.LastLayerAttention!.Voxels, other.LastLayerAttention!.Voxels);
            Assert.Equal(first.AttentionRollout!.Voxels, other.AttentionRollout!.Voxels);
        });
    }

    [Fact]
    public void Attention_lies_around_the_lesion_and_averages_one()
    {
        PhantomHead head = Head(42);
        LesionClassification result = _classifier.Classify(head.T1ce, head.Lesions[0].Mask, Cancel);
        foreach (Volume<float> map in new[] { result.LastLayerAttention!, result.AttentionRollout! })
        {
            Assert.True(map.Geometry.ToPatient(new VoxelPoint(23.5, 23.5, 23.5)).DistanceTo(head.Lesions[0].Centroid) < 1e-6);
            Assert.Equal(1, map.Voxels.Average(), 0.05);
            Assert.All(map.Voxels, v => Assert.True(v >= 0));
        }
    }

    [Fact]
    public void Image_without_a_brain_is_answered_as_such()
    {
        PhantomHead head = Head(43);
        LesionClassification result = _classifier.Classify(new Volume<float>(head.T1ce.Geometry), head.Lesions[0].Mask, Cancel);
        Assert.Equal((LesionDecision.Undetermined, UndeterminedReason.NoBrain), (result.Decision, result.Reason));
        Assert.Null(result.ProgressionProbability);
        Assert.NotEmpty(result.ReasonText);
    }

    [Fact]
    public void Lesion_of_a_voxel_is_too_small_and_half_a_head_too_large()
    {
        PhantomHead head = Head(44);
        Volume<byte> mask = new(head.T1ce.Geometry);
        VoxelPoint at = mask.Geometry.ToVoxel(head.Lesions[0].Centroid);
        mask[(int)at.I, (int)at.J, (int)at.K] = 1;
        Assert.Equal(UndeterminedReason.LesionTooSmall, _classifier.Classify(head.T1ce, mask, Cancel).Reason);
        mask.Voxels.AsSpan(0, mask.Voxels.Length / 2).Fill(1);
        Assert.Equal(UndeterminedReason.LesionTooLarge, _classifier.Classify(head.T1ce, mask, Cancel).Reason);
    }

    [Fact]
    public void Decision_follows_probability_distance_and_thresholds()
    {
        foreach (int seed in Enumerable.Range(45, 4))
        {
            PhantomHead head = Head(seed);
            LesionClassification r = _classifier.Classify(head.T1ce, head.Lesions[0].Mask, Cancel);
            bool necrosis = r.ProgressionProbability <= tiny.Pack.Manifest.Decision.RadiationNecrosisAtMost;
            bool progression = r.ProgressionProbability >= tiny.Pack.Manifest.Decision.ProgressionAtLeast;
            UndeterminedReason reason = r.Distance > tiny.Pack.Manifest.Novelty.LargestDistance ? UndeterminedReason.OutOfDistribution
                : necrosis == progression ? UndeterminedReason.TooUncertain : UndeterminedReason.None;
            Assert.Equal(reason, r.Reason);
            LesionDecision decision = reason != UndeterminedReason.None ? LesionDecision.Undetermined
                : necrosis ? LesionDecision.RadiationNecrosis : LesionDecision.Progression;
            Assert.Equal(decision, r.Decision);
            Assert.Equal(r.Reason == UndeterminedReason.None, r.ReasonText.Length == 0);
        }
    }

    [Fact]
    public void Cancelled_before_it_starts_it_does_not_compute()
    {
        PhantomHead head = Head(50);
        Assert.Throws<OperationCanceledException>(() =>
            _classifier.Classify(head.T1ce, head.Lesions[0].Mask, new CancellationToken(canceled: true)));
    }

    private static PhantomHead Head(int seed) => PhantomHead.Generate(
        new PhantomOptions { Seed = seed, LesionCount = 1, Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(seed), 2, 2, 5, 0) }, Cancel);
}
