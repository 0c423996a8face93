using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Benchmarks.Registration;

/// <summary>A CT of a phantom head without lesions, Hounsfield units: bone and fat stand out, the tissues of the brain hardly.</summary>
internal static class PhantomCt
{
    private const double Noise = 12;

    /// <summary>The image on a grid in the head's own coordinates.</summary>
    public static Volume<float> Render(int seed, VolumeGeometry grid)
    {
        HeadAnatomy anatomy = new(seed);
        PatientPoint center = PhantomHead.HeadCentre(seed);
        Volume<float> image = new(grid);
        Parallel.For(0, grid.Slices, k =>
        {
            Random random = new(seed * 1000 + k);
            SmoothNoise folds = anatomy.Noise();
            for (int j = 0, n = 0; j < grid.Rows; j++)
            {
                for (int i = 0; i < grid.Columns; i++, n++)
                {
                    PatientVector d = grid.ToPatient(new VoxelPoint(i, j, k)) - center;
                    double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                    image.Slice(k)[n] = (float)(Hounsfield(anatomy, d, folds) + 2 * Noise * noise);
                }
            }
        });
        return image;
    }

    private static double Hounsfield(HeadAnatomy anatomy, PatientVector d, SmoothNoise folds) => anatomy.Depth(d.X, d.Y, d.Z) switch
    {
        < 0 => -1000,
        < 1.2 => 30,
        < 6 => -80,
        < 8 => 1100,
        < 11 => 500,
        < 13 => 1100,
        _ => Brain(anatomy.Signal(d.X, d.Y, d.Z, 1, folds).T1),
    };

    // CSF, grey and white matter; their order is not that of T1.
    private static double Brain(double t1) => t1 < 0.75 ? 8 + (t1 - 0.27) / 0.48 * 30 : 38 - (t1 - 0.75) / 0.25 * 10;
}
