using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// An image prepared for registration: from coarse to fine, its intensities as positions on a scale of
/// <see cref="IntensityScale.Bins"/> bins, and the region of the head.
/// </summary>
internal sealed class RegistrationImage
{
    private RegistrationImage(IReadOnlyList<Volume<float>> levels, HeadRegion head) => (Levels, Head) = (levels, head);

    /// <summary>Voxel spacing that each level has at least, mm, where the image is not coarser itself.</summary>
    public static IReadOnlyList<double> Spacings { get; } = [8, 4, 2];

    /// <summary>From the coarsest to the finest.</summary>
    public IReadOnlyList<Volume<float>> Levels { get; }

    /// <summary>Where the head is.</summary>
    public HeadRegion Head { get; }

    public static RegistrationImage Prepare(Volume<float> image, CancellationToken cancellationToken)
    {
        Volume<float>[] levels = new Volume<float>[Spacings.Count];
        Volume<float> current = image;
        for (int n = Spacings.Count - 1; n >= 0; n--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Volume<float> reduced = BlockAverage.Reduce(current, Spacings[n]);

            // Nothing was averaged: noise and the grid itself would show in the metric.
            if (n == Spacings.Count - 1 && reduced.Geometry.VoxelCount > image.Geometry.VoxelCount / 2)
                reduced = BlockAverage.Smooth(reduced);
            levels[n] = current = reduced;
        }

        HeadRegion head = HeadRegion.Find(levels[1]);
        ShadingField shading = ShadingField.Of(levels[1], head.Mask, levels[^1]);
        IntensityScale scale = IntensityScale.Of(levels[1], head.Mask, shading);
        return new RegistrationImage([.. levels.Select(level => scale.Apply(level, shading))], head);
    }
}
