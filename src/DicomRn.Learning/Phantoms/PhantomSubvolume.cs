using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Phantoms;

/// <summary>
/// The surroundings of a lesion as its scan shows them, without the whole head: what training and cohorts need of a phantom, in a
/// hundredth of the time.
/// </summary>
internal static class PhantomSubvolume
{
    /// <summary>The brain's intensities, from single points on the coarse grid that the preprocessing measures whole heads on.</summary>
    public static IntensityNormalization Intensities(PhantomScene scene, PreprocessingSettings settings, CancellationToken cancellationToken)
    {
        Volume<float> coarse = scene.RenderPoints(IntensityNormalization.CoarseGrid(scene.Style.Grid, settings), cancellationToken);
        return IntensityNormalization.MeasureCoarse(coarse, settings) ?? throw new InvalidOperationException("A phantom without a brain.");
    }

    /// <summary>What a reader would contour of a lesion, on the scanner's own grid.</summary>
    public static PhantomContour Contour(PhantomScene scene, int lesion)
    {
        PhantomLesion shape = scene.Lesions[lesion];
        return PhantomMasks.Contour(scene, lesion, GridWindow.Cut(scene.Style.Grid, shape.Centre, shape.Reach));
    }

    /// <summary>The enhanced image on a grid, resampled from the scanner's own, of which no more is made than that takes.</summary>
    public static Volume<float> Image(PhantomScene scene, VolumeGeometry crop, CancellationToken cancellationToken) => VolumeResampler.Linear(
        scene.Render(GridWindow.Covering(scene.Style.Grid, crop), enhanced: true, cancellationToken, seen: crop), crop);

    /// <summary>The enhanced image on the part of the scanner's own grid that covers <paramref name="crop"/>.</summary>
    public static Volume<float> Window(PhantomScene scene, VolumeGeometry crop, CancellationToken cancellationToken) =>
        scene.Render(GridWindow.Covering(scene.Style.Grid, crop), enhanced: true, cancellationToken);
}
