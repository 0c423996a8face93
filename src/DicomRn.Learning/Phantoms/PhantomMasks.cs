using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>A lesion of a scene on a grid: mask and places of its signal.</summary>
internal static class PhantomMasks
{
    public static PhantomLesionTruth Of(PhantomScene scene, int n, VolumeGeometry grid)
    {
        PhantomContour contour = Contour(scene, n, grid);
        return new PhantomLesionTruth
        {
            Number = n + 1,
            Class = scene.Classes[n],
            NecroticShare = scene.Shares[n],
            RadiusMm = scene.Radii[n],
            Centroid = contour.Centroid,
            VolumeMm3 = contour.VolumeMm3,
            Mask = contour.Mask,
            Signal = Signal(scene, n, grid),
        };
    }

    /// <summary>The mask with its centroid and volume.</summary>
    public static PhantomContour Contour(PhantomScene scene, int n, VolumeGeometry grid)
    {
        PhantomLesion lesion = scene.Lesions[n];
        Volume<byte> mask = new(grid);
        long count = 0;
        double sumI = 0, sumJ = 0, sumK = 0;
        ForEach(lesion, grid, (i, j, k, p, noise) =>
        {
            if (!lesion.IsInContour(p, noise))
                return;
            mask[i, j, k] = 1;
            count++;
            (sumI, sumJ, sumK) = (sumI + i, sumJ + j, sumK + k);
        });
        return new PhantomContour(
            mask, count == 0 ? lesion.Centre : grid.ToPatient(new VoxelPoint(sumI / count, sumJ / count, sumK / count)), count * grid.VoxelVolume);
    }

    /// <summary>Where the look of a class can be seen: 1 as necrosis, 2 as tumour, 0 elsewhere.</summary>
    public static Volume<byte> Signal(PhantomScene scene, int n, VolumeGeometry grid)
    {
        PhantomLesion lesion = scene.Lesions[n];
        Volume<byte> signal = new(grid);
        ForEach(lesion, grid, (i, j, k, p, noise) =>
        {
            LesionTissue s = lesion.At(p, noise);
            if (s.ShowsPattern)
                signal[i, j, k] = (byte)(s.LooksNecrotic ? 1 : 2);
        });
        return signal;
    }

    private static void ForEach(PhantomLesion lesion, VolumeGeometry grid, Action<int, int, int, PatientPoint, SmoothNoise> visit)
    {
        SmoothNoise noise = lesion.Noise();
        (int i0, int i1, int j0, int j1, int k0, int k1) = GridWindow.Around(grid, lesion.Centre, lesion.Reach);
        for (int k = k0; k <= k1; k++)
        {
            for (int j = j0; j <= j1; j++)
            {
                for (int i = i0; i <= i1; i++)
                    visit(i, j, k, grid.ToPatient(new VoxelPoint(i, j, k)), noise);
            }
        }
    }
}
