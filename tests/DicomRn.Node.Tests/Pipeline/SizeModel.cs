using DicomRn.Imaging.Volumes;
using DicomRn.Node.Classification;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>
/// A model whose answer is known: large lesions are necrosis, small ones what the test says; attention falls off with the distance
/// from the lesion's first voxel.
/// </summary>
internal sealed class SizeModel : ILesionModel, ILesionModelSource
{
    public int Predictions { get; private set; }

    public string Version { get; set; } = "1";

    public LesionPrediction Small { get; set; } = new() { Class = LesionClass.TumourProgression, Probability = 0.125 };

    public ModelIdentity Identity => new("size", Version, "00ff", "Trained on nothing.", true, "By volume.");

    public Task<ILesionModel> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<ILesionModel>(this);

    public Task<LesionPrediction> PredictAsync(Volume<float> image, Volume<byte> mask, CancellationToken cancellationToken)
    {
        Predictions++;
        Volume<float> attention = new(image.Geometry);
        int first = Array.IndexOf(mask.Voxels, (byte)1);
        for (int n = 0; n < attention.Voxels.Length; n++)
            attention.Voxels[n] = 3f * MathF.Exp(-Math.Abs(n - first) / 4000f);
        LesionPrediction prediction = mask.Voxels.Count(v => v != 0) > 150
            ? new LesionPrediction { Class = LesionClass.RadiationNecrosis, Probability = 0.875 }
            : Small;
        return Task.FromResult(prediction with { Attention = prediction.Probability is null ? null : attention });
    }
}
