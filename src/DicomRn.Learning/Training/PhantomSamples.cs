using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Training;

/// <summary>
/// Samples of phantom patients with one lesion each, without making whole heads: the surroundings of the lesion on the
/// scanner's own grid, and the brain's intensities on the coarse grid that the preprocessing measures them on.
/// </summary>
internal static class PhantomSamples
{
    public static LesionSample Make(
        int seed, PhantomCentre centre, PreprocessingSettings settings, int patchSize, CancellationToken cancellationToken)
    {
        PhantomScene scene = new(new PhantomOptions { Seed = seed, Centre = centre, LesionCount = 1 });
        LesionCrop crop = Crop(scene, settings, cancellationToken);
        return new LesionSample(crop, scene.Classes[0], seed, PatchTargets.Of(PhantomMasks.Signal(scene, 0, crop.Grid), patchSize));
    }

    public static IReadOnlyList<LesionSample> MakeMany(
        int firstSeed, int count, Func<int, PhantomCentre> centre, PreprocessingSettings settings, int patchSize, CancellationToken cancellationToken)
    {
        LesionSample[] samples = new LesionSample[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, n =>
            samples[n] = Make(firstSeed + n, centre(n), settings, patchSize, cancellationToken));
        return samples;
    }

    internal static LesionCrop Crop(PhantomScene scene, PreprocessingSettings settings, CancellationToken cancellationToken)
    {
        IntensityNormalization normalization = PhantomSubvolume.Intensities(scene, settings, cancellationToken);
        PhantomContour contour = PhantomSubvolume.Contour(scene, 0);
        Volume<float> image = PhantomSubvolume.Window(scene, LesionPreprocessor.CropGrid(contour.Centroid, settings), cancellationToken);
        return LesionPreprocessor.Prepare(image, contour.Mask, normalization, settings);
    }
}
