using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Texture;

namespace DicomRn.Learning.Radiomics.Preparation;

/// <summary>
/// The image and the two masks that features are computed from, on one grid (IBSI 2.5): the morphological mask for shapes, and
/// the intensity mask without what re-segmentation took away.
/// </summary>
internal sealed class AnalysisRegion
{
    private readonly int[] _inside;

    /// <exception cref="RadiomicsException">The intensity mask is empty.</exception>
    public AnalysisRegion(Volume<float> image, Volume<byte> morphology, Volume<byte> intensity)
    {
        (Image, Morphology, IntensityMask) = (image, morphology, intensity);
        Box = VoxelBox.Around(morphology) ?? throw new RadiomicsException("the mask is empty");
        byte[] mask = intensity.Voxels;
        List<int> inside = [];
        for (int n = 0; n < mask.Length; n++)
        {
            if (mask[n] != 0)
                inside.Add(n);
        }

        _inside = inside.Count > 0 ? [.. inside] : throw new RadiomicsException("no voxel of the mask has an intensity in the range");
        Values = Array.ConvertAll(_inside, n => (double)image.Voxels[n]);
    }

    public Volume<float> Image { get; }

    public Volume<byte> Morphology { get; }

    public Volume<byte> IntensityMask { get; }

    /// <summary>Around the morphological mask.</summary>
    public VoxelBox Box { get; }

    /// <summary>The intensities of the intensity mask, in the order of <see cref="Inside"/>.</summary>
    public double[] Values { get; }

    /// <summary>Offsets of the voxels of the intensity mask, ascending.</summary>
    public ReadOnlySpan<int> Inside => _inside;

    public VolumeGeometry Grid => Image.Geometry;

    /// <summary>The levels of the region's voxels laid into <see cref="Box"/>.</summary>
    public GreyLevelRegion Levels(GreyLevels levels)
    {
        int[] box = new int[Box.Columns * Box.Rows * Box.Slices];
        for (int n = 0; n < _inside.Length; n++)
            box[BoxOffset(_inside[n])] = levels.Levels[n];
        return new GreyLevelRegion(Box.Columns, Box.Rows, Box.Slices, box, levels.Count);
    }

    /// <summary>The offset in <see cref="Box"/> of a voxel of the grid.</summary>
    public int BoxOffset(int at)
    {
        int i = at % Grid.Columns - Box.I, j = at / Grid.Columns % Grid.Rows - Box.J, k = at / (Grid.Columns * Grid.Rows) - Box.K;
        return (k * Box.Rows + j) * Box.Columns + i;
    }
}
