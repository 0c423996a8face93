using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
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

    /// <summary>The clinical data of the last prediction.</summary>
    public CohortClinicalData? Told { get; private set; }

    /// <summary>What the model says that it asked for; null for a model of the image alone.</summary>
    public Func<CohortClinicalData, IReadOnlyList<ClinicalValue>>? Asks { get; set; }

    public string Version { get; set; } = "1";

    public LesionPrediction Small { get; set; } = new() { Class = LesionClass.TumourProgression, Probability = 0.125 };

    public ModelIdentity Identity => new("size", Version, "00ff", "Trained on nothing.", true, "By volume.");

    public Task<ILesionModel> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<ILesionModel>(this);

    public Task<LesionPrediction> PredictAsync(
        Volume<float> image, Volume<byte> mask, CohortClinicalData clinical, CancellationToken cancellationToken)
    {
        Predictions++;
        Told = clinical;
        Volume<float> attention = new(image.Geometry);
        int first = Array.IndexOf(mask.Voxels, (byte)1);
        for (int n = 0; n < attention.Voxels.Length; n++)
            attention.Voxels[n] = 3f * MathF.Exp(-Math.Abs(n - first) / 4000f);
        LesionPrediction prediction = mask.Voxels.Count(v => v != 0) > 150
            ? new LesionPrediction { Class = LesionClass.RadiationNecrosis, Probability = 0.875 }
            : Small;
        return Task.FromResult(prediction with { Clinical = Asks?.Invoke(clinical), Attention = prediction.Probability is null ? null : attention });
    }
}
