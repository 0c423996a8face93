using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Radiomics.Filters;

/// <summary>Runs a one-dimensional filter over all lines of a volume along an axis.</summary>
internal static class AxisLines
{
    /// <param name="source">The volume; it stays.</param>
    /// <param name="axis">0 = I, 1 = J, 2 = K.</param>
    /// <param name="filter">Takes a line and fills another of the same length.</param>
    public static Volume<float> Filter(Volume<float> source, int axis, Action<float[], float[]> filter)
    {
        VolumeGeometry grid = source.Geometry;
        int plane = grid.Columns * grid.Rows;
        (int count, int stride) = axis switch { 0 => (grid.Columns, 1), 1 => (grid.Rows, grid.Columns), _ => (grid.Slices, plane) };
        Volume<float> result = new(grid);
        Parallel.For(0, source.Voxels.Length / count, () => (new float[count], new float[count]), (line, _, buffers) =>
        {
            (float[] input, float[] output) = buffers;
            int start = axis switch
            {
                0 => line * count,
                1 => line / grid.Columns * plane + line % grid.Columns,
                _ => line,
            };
            for (int n = 0; n < count; n++)
                input[n] = source.Voxels[start + n * stride];
            filter(input, output);
            for (int n = 0; n < count; n++)
                result.Voxels[start + n * stride] = output[n];
            return buffers;
        }, _ => { });
        return result;
    }
}
