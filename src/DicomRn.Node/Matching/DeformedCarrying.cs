using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>Carries regions along a deformable registration: every voxel of the T1CE grid is looked up where the deformation takes it.</summary>
internal sealed class DeformedCarrying
{
    // Of the grid in the frame of the contours, mm; and what is searched around a region, mm, beyond where its lattice goes.
    private const double Spacing = 0.5, Margin = 8;
    private const int Lattice = 6;

    private readonly Func<PatientPoint, PatientPoint?> _toContours;
    private readonly Func<PatientPoint, PatientPoint?> _toSeries;

    /// <param name="registration">The registration.</param>
    /// <param name="seriesIsRegistered">Whether the T1CE series is in the registered frame of reference, the contours in the source; else the other way round.</param>
    public DeformedCarrying(DeformableSpatialRegistration registration, bool seriesIsRegistered)
    {
        _toContours = p => seriesIsRegistered ? registration.ToSource(p) : registration.ToRegistered(p);
        _toSeries = p => seriesIsRegistered ? registration.ToRegistered(p) : registration.ToSource(p);
    }

    /// <summary>A region in the frame of reference of the T1CE series.</summary>
    /// <param name="roi">The region in its own.</param>
    /// <param name="frame">Frame of reference of the T1CE series.</param>
    public ContourRoi Carry(ContourRoi roi, string frame) => roi with
    {
        FrameOfReferenceUid = frame,
        ToTurnedMask = null,
        ToMask = grid => Lay(roi, grid),
    };

    private RoiMask Lay(ContourRoi roi, VolumeGeometry grid)
    {
        Func<VolumeGeometry, RoiMask> toMask = roi.ToTurnedMask ?? roi.ToMask;

        // The region is found on a coarse grid over all that the series shows, then laid on a fine one around it.
        VolumeGeometry wide = Around(Corners(grid).Select(_toContours).OfType<PatientPoint>(), 2 * Margin, 2 * Spacing)
            ?? throw new InvalidDataException("the deformation does not reach the series");
        RoiMask rough = toMask(wide);
        if (rough.Voxels == 0)
            return new RoiMask(new Volume<byte>(grid), 0, 0, rough.Warnings);
        VolumeGeometry near = Around(Inside(rough.Mask), Margin / 2, Spacing)!;
        RoiMask fine = toMask(near);
        if (fine.Voxels == 0)
            return new RoiMask(new Volume<byte>(grid), 0, 0, fine.Warnings);
        PatientPoint[] region = [.. Inside(fine.Mask)];
        PatientPoint[] carried = [.. region.Where((_, n) => n % Math.Max(1, region.Length / 500) == 0).Select(p =>
            _toSeries(p) ?? throw new InvalidDataException("the deformation does not cover it"))];
        Volume<byte> mask = new(grid);
        long voxels = 0;
        (int[] low, int[] high) = Box(grid, carried);
        for (int k = low[2]; k <= high[2]; k++)
        {
            for (int j = low[1]; j <= high[1]; j++)
            {
                for (int i = low[0]; i <= high[0]; i++)
                {
                    if (_toContours(grid.ToPatient(new VoxelPoint(i, j, k))) is not { } there || !Holds(fine.Mask, there))
                        continue;
                    mask[i, j, k] = 1;
                    voxels++;
                }
            }
        }

        double inside = carried.Count(p => grid.ToVoxel(p) is var v && grid.Contains((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K)));
        return new RoiMask(mask, voxels, inside / carried.Length, fine.Warnings);
    }

    private static IEnumerable<PatientPoint> Corners(VolumeGeometry grid)
    {
        for (int n = 0; n < Lattice * Lattice * Lattice; n++)
        {
            yield return grid.ToPatient(new VoxelPoint(
                At(n % Lattice, grid.Columns), At(n / Lattice % Lattice, grid.Rows), At(n / (Lattice * Lattice), grid.Slices)));
        }

        double At(int step, int count) => (count - 1.0) * step / (Lattice - 1);
    }

    private static IEnumerable<PatientPoint> Inside(Volume<byte> mask)
    {
        VolumeGeometry g = mask.Geometry;
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] != 0)
                yield return g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)));
        }
    }

    // An axial grid over points; null where there are none.
    private static VolumeGeometry? Around(IEnumerable<PatientPoint> points, double margin, double spacing)
    {
        PatientPoint[] all = [.. points];
        if (all.Length == 0)
            return null;
        PatientPoint low = new(all.Min(p => p.X) - margin, all.Min(p => p.Y) - margin, all.Min(p => p.Z) - margin);
        return VolumeGeometry.Axial(
            Count(all.Max(p => p.X) - low.X), Count(all.Max(p => p.Y) - low.Y), Count(all.Max(p => p.Z) - low.Z), spacing, low);

        int Count(double extent) => (int)Math.Ceiling((extent + margin) / spacing) + 1;
    }

    private static (int[] Low, int[] High) Box(VolumeGeometry grid, IReadOnlyCollection<PatientPoint> points)
    {
        VoxelPoint[] all = [.. points.Select(grid.ToVoxel)];
        return (
            [Low(all.Min(p => p.I), grid.SpacingI), Low(all.Min(p => p.J), grid.SpacingJ), Low(all.Min(p => p.K), grid.SpacingK)],
            [
                High(all.Max(p => p.I), grid.SpacingI, grid.Columns), High(all.Max(p => p.J), grid.SpacingJ, grid.Rows),
                High(all.Max(p => p.K), grid.SpacingK, grid.Slices),
            ]);

        static int Low(double position, double spacing) => Math.Max(0, (int)Math.Floor(position - Margin / spacing));

        static int High(double position, double spacing, int count) => Math.Min(count - 1, (int)Math.Ceiling(position + Margin / spacing));
    }

    private static bool Holds(Volume<byte> mask, PatientPoint p)
    {
        VoxelPoint v = mask.Geometry.ToVoxel(p);
        (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
        return mask.Geometry.Contains(i, j, k) && mask[i, j, k] != 0;
    }
}
