using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Node.Classification;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A model whose probability changes with every voxel of image and mask.</summary>
internal sealed class VoxelModel : ILesionModel, ILesionModelSource
{
    public ModelIdentity Identity => new("voxels", "1", "00ff", "Trained on nothing.", true, "By every voxel.");

    public Task<ILesionModel> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<ILesionModel>(this);

    public Task<LesionPrediction> PredictAsync(
        Volume<float> image, Volume<byte> mask, CohortClinicalData clinical, CancellationToken cancellationToken)
    {
        uint sum = 17;
        for (int n = 0; n < image.Voxels.Length; n++)
            sum = unchecked((sum * 16777619) ^ (uint)BitConverter.SingleToInt32Bits(image.Voxels[n]) ^ mask.Voxels[n]);
        return Task.FromResult(new LesionPrediction { Class = LesionClass.Undetermined, Probability = sum / (double)uint.MaxValue });
    }
}
