using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>A lesion of a scene on a grid: mask and places of its signal.</summary>
internal static class PhantomMasks
{
    public static PhantomLesionTruth Of(PhantomScene scene, int n, VolumeGeometry grid)
    {
        PhantomLesion lesion = scene.Lesions[n];
        Volume<byte> mask = new(grid), signal = new(grid);
        (int i0, int i1, int j0, int j1, int k0, int k1) = GridWindow.Around(grid, lesion.Centre, lesion.Reach);
        long count = 0;
        double sumI = 0, sumJ = 0, sumK = 0;
        SmoothNoise noise = lesion.Noise();
        for (int k = k0; k <= k1; k++)
        {
            for (int j = j0; j <= j1; j++)
            {
                for (int i = i0; i <= i1; i++)
                {
                    LesionTissue s = lesion.At(grid.ToPatient(new VoxelPoint(i, j, k)), noise);
                    if (s.ShowsPattern)
                        signal[i, j, k] = (byte)(s.LooksNecrotic ? 1 : 2);
                    if (!s.InContour)
                        continue;
                    mask[i, j, k] = 1;
                    count++;
                    (sumI, sumJ, sumK) = (sumI + i, sumJ + j, sumK + k);
                }
            }
        }

        return new PhantomLesionTruth
        {
            Number = n + 1,
            Class = scene.Classes[n],
            NecroticShare = scene.Shares[n],
            RadiusMm = scene.Radii[n],
            Centroid = count == 0 ? lesion.Centre : grid.ToPatient(new VoxelPoint(sumI / count, sumJ / count, sumK / count)),
            VolumeMm3 = count * grid.VoxelVolume,
            Mask = mask,
            Signal = signal,
        };
    }
}
