using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Preprocessing;

/// <summary>
/// From a T1CE volume and a lesion's mask to the input of a model: resampled to the pack's spacing (image linearly, mask to the
/// nearest voxel), cropped around the lesion's centroid, intensities relative to the brain's. Training and the node
/// use this one.
/// </summary>
public static class LesionPreprocessor
{
    /// <summary>Prepares one lesion of a whole-head image.</summary>
    /// <param name="t1ce">T1 with contrast agent; the whole head as far as it was scanned.</param>
    /// <param name="lesionMask">Non-zero inside the lesion; on any grid in the same frame of reference.</param>
    /// <param name="settings">Those of the model's pack.</param>
    /// <returns>The crop, or null where no brain intensities can be measured in the image.</returns>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public static LesionCrop? Prepare(Volume<float> t1ce, Volume<byte> lesionMask, PreprocessingSettings settings) =>
        IntensityNormalization.Measure(t1ce, settings) is { } normalization
            ? Prepare(t1ce, lesionMask, normalization, settings)
            : null;

    /// <summary>
    /// Prepares one lesion with intensities measured before: several lesions of one image, or an image of which only the
    /// surroundings of the lesion are there.
    /// </summary>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public static LesionCrop Prepare(
        Volume<float> t1ce, Volume<byte> lesionMask, IntensityNormalization normalization, PreprocessingSettings settings)
    {
        (PatientPoint centroid, long voxels) = Centroid(lesionMask);
        return Crop(t1ce, lesionMask, voxels, GridFor(t1ce, centroid, settings), normalization, settings);
    }

    /// <summary>Prepares the surroundings of a point, with a lesion in it or without one (<paramref name="lesionMask"/> null): pre-training.</summary>
    internal static LesionCrop PrepareAt(
        Volume<float> t1ce, Volume<byte>? lesionMask, PatientPoint centre, IntensityNormalization normalization, PreprocessingSettings settings) =>
        Crop(t1ce, lesionMask, lesionMask is null ? 0 : Centroid(lesionMask).Voxels, GridFor(t1ce, centre, settings), normalization, settings);

    private static LesionCrop Crop(
        Volume<float> t1ce, Volume<byte>? lesionMask, long voxels, VolumeGeometry grid, IntensityNormalization normalization, PreprocessingSettings settings)
    {
        float[] image = VolumeResampler.Linear(t1ce, grid).Voxels;
        for (int v = 0; v < image.Length; v++)
            image[v] = normalization.Apply(image[v], settings.ClipAt);
        if (lesionMask is null)
            return new LesionCrop(grid, image, new byte[image.Length], 0, 0);
        byte[] mask = VolumeResampler.Nearest(lesionMask, grid).Voxels;
        for (int v = 0; v < mask.Length; v++)
            mask[v] = mask[v] == 0 ? (byte)0 : (byte)1;
        return new LesionCrop(grid, image, mask, Covered(lesionMask, grid, voxels), voxels * lesionMask.Geometry.VoxelVolume);
    }

    /// <summary>The grid of the crop around a centroid.</summary>
    internal static VolumeGeometry CropGrid(PatientPoint centroid, PreprocessingSettings settings)
    {
        int n = settings.CropVoxels;
        double half = (n - 1) / 2.0 * settings.SpacingMm;
        return VolumeGeometry.Axial(n, n, n, settings.SpacingMm, centroid + new PatientVector(-half, -half, -half));
    }

    /// <summary>
    /// The image's own grid where it is a crop of these settings already, so that a stored sub-volume is not resampled a second time;
    /// no head is as small as that.
    /// </summary>
    private static VolumeGeometry GridFor(Volume<float> t1ce, PatientPoint centre, PreprocessingSettings settings)
    {
        VolumeGeometry g = t1ce.Geometry, crop = CropGrid(g.Center, settings);
        return g.Coincides(crop) ? g : CropGrid(centre, settings);
    }

    private static (PatientPoint Centroid, long Voxels) Centroid(Volume<byte> mask)
    {
        VolumeGeometry g = mask.Geometry;
        long count = 0, i = 0, j = 0, k = 0;
        for (int slice = 0; slice < g.Slices; slice++)
        {
            ReadOnlySpan<byte> values = mask.Slice(slice);
            for (int n = values.IndexOfAnyExcept((byte)0); n >= 0 && n < values.Length; n++)
            {
                if (values[n] == 0)
                    continue;
                count++;
                (i, j, k) = (i + n % g.Columns, j + n / g.Columns, k + slice);
            }
        }

        if (count == 0)
            throw new ArgumentException("The lesion's mask is empty.", nameof(mask));
        return (g.ToPatient(new VoxelPoint((double)i / count, (double)j / count, (double)k / count)), count);
    }

    private static double Covered(Volume<byte> mask, VolumeGeometry crop, long voxels)
    {
        VolumeGeometry g = mask.Geometry;
        long inside = 0;
        for (int slice = 0; slice < g.Slices; slice++)
        {
            ReadOnlySpan<byte> values = mask.Slice(slice);
            for (int n = values.IndexOfAnyExcept((byte)0); n >= 0 && n < values.Length; n++)
            {
                if (values[n] == 0)
                    continue;
                VoxelPoint p = crop.ToVoxel(g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns, slice)));
                if (p.I > -0.5 && p.J > -0.5 && p.K > -0.5 && p.I < crop.Columns - 0.5 && p.J < crop.Rows - 0.5 && p.K < crop.Slices - 0.5)
                    inside++;
            }
        }

        return (double)inside / voxels;
    }
}
