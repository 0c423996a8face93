using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Preparation;

/// <summary>Grids and masks for resampling, as the two profiles define them.</summary>
internal static class Resampling
{
    /// <summary>IBSI 2.4: a grid with the centre of the original one that covers it.</summary>
    public static VolumeGeometry AlignedByCentre(VolumeGeometry grid, VoxelSpacing spacing)
    {
        (int columns, double si) = Axis(grid.Columns, grid.SpacingI, spacing.I);
        (int rows, double sj) = Axis(grid.Rows, grid.SpacingJ, spacing.J);
        (int slices, double sk) = Axis(grid.Slices, grid.SpacingK, spacing.K);
        VolumeGeometry target = grid with { Columns = columns, Rows = rows, Slices = slices, SpacingI = si, SpacingJ = sj, SpacingK = sk };
        return target with { Origin = target.Origin + (grid.Center - target.Center) };

        static (int, double) Axis(int count, double from, double to) =>
            to > 0 ? (Math.Max(1, (int)Math.Ceiling(count * from / to - 1e-6)), to) : (count, from);
    }

    /// <summary>PyRadiomics: the outer corners of both grids coincide; only the mask's box with a margin of voxels is kept. An axis on which the mask has one voxel stays.</summary>
    public static VolumeGeometry AlignedByCorner(VolumeGeometry grid, VoxelSpacing spacing, VoxelBox box, int margin)
    {
        (int firstI, int columns, double si) = Axis(grid.Columns, grid.SpacingI, spacing.I, box.I, box.Columns);
        (int firstJ, int rows, double sj) = Axis(grid.Rows, grid.SpacingJ, spacing.J, box.J, box.Rows);
        (int firstK, int slices, double sk) = Axis(grid.Slices, grid.SpacingK, spacing.K, box.K, box.Slices);
        return grid with
        {
            Columns = columns,
            Rows = rows,
            Slices = slices,
            SpacingI = si,
            SpacingJ = sj,
            SpacingK = sk,
            Origin = grid.ToPatient(new VoxelPoint(
                Place(firstI, grid.SpacingI, si), Place(firstJ, grid.SpacingJ, sj), Place(firstK, grid.SpacingK, sk))),
        };

        (int, int, double) Axis(int count, double from, double to, int first, int extent)
        {
            if (to <= 0 || extent == 1)
                to = from;
            double ratio = from / to;
            double low = Math.Max(0, Math.Floor((first - 0.5) * ratio - margin));
            double high = Math.Min(Math.Ceiling(count * ratio) - 1, Math.Ceiling((first + extent - 0.5) * ratio + margin));
            return ((int)low, (int)(high - low) + 1, to);
        }

        // The centre of a new voxel in old voxels.
        static double Place(int voxel, double from, double to) => 0.5 * (to - from) / from + voxel * to / from;
    }

    /// <summary>The nearest voxel of a mask on a parallel grid; halfway between two it is the further one along the axis, as in ITK.</summary>
    public static Volume<byte> NearestMask(Volume<byte> mask, VolumeGeometry target)
    {
        VolumeGeometry from = mask.Geometry;
        VoxelPoint origin = from.ToVoxel(target.Origin);
        int[] columns = Nearest(origin.I, target.SpacingI / from.SpacingI, target.Columns, from.Columns);
        int[] rows = Nearest(origin.J, target.SpacingJ / from.SpacingJ, target.Rows, from.Rows);
        int[] slices = Nearest(origin.K, target.SpacingK / from.SpacingK, target.Slices, from.Slices);
        Volume<byte> result = new(target);
        for (int k = 0; k < target.Slices; k++)
            for (int j = 0; j < target.Rows; j++)
                for (int i = 0; i < target.Columns; i++)
                    result[i, j, k] = mask[columns[i], rows[j], slices[k]];
        return result;

        // What is halfway must not be decided by the rounding of coordinates.
        static int[] Nearest(double first, double step, int count, int limit) =>
            [.. Enumerable.Range(0, count).Select(n => Math.Clamp((int)Math.Floor(first + n * step + 0.5 + 1e-6), 0, limit - 1))];
    }

    public static Volume<float> Image(Volume<float> image, VolumeGeometry target, ImageInterpolation interpolation) => interpolation switch
    {
        ImageInterpolation.Linear => VolumeResampler.Linear(image, target),
        _ => VolumeResampler.CubicBSpline(image, target),
    };

    /// <summary>IBSI 2.4: trilinear, inside from one half on.</summary>
    public static Volume<byte> PartialVolumeMask(Volume<byte> mask, VolumeGeometry target)
    {
        Volume<float> share = VolumeResampler.Linear(
            new Volume<float>(mask.Geometry, Array.ConvertAll(mask.Voxels, v => v != 0 ? 1f : 0f)), target);
        return new Volume<byte>(target, Array.ConvertAll(share.Voxels, v => v >= 0.5f ? (byte)1 : (byte)0));
    }
}
