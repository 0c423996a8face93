using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using MathNet.Numerics.LinearAlgebra;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>
/// Centre and variances along the principal axes of the voxel centres of a mask (IBSI 3.1.14), mm along the grid's axes from its
/// first voxel.
/// </summary>
/// <param name="Count">How many voxels there are.</param>
/// <param name="Centre">The mean position.</param>
/// <param name="Variances">Population variances, mm², descending; not below 0.</param>
internal sealed record PrincipalAxes(long Count, PatientVector Centre, double[] Variances)
{
    /// <summary>Four standard deviations along each axis, descending: major, minor and least axis length.</summary>
    public double[] Lengths => Array.ConvertAll(Variances, v => 4 * Math.Sqrt(v));

    /// <summary>The same with sample variances, as the benchmark values of IBSI have them: those of one voxel do not exist.</summary>
    public double[] SampleLengths => Array.ConvertAll(Variances, v => 4 * Math.Sqrt(v * Count / (Count - 1)));

    public static PrincipalAxes Of(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        PatientVector sum = default;
        double xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0, count = 0;
        VoxelLoop((x, y, z) => (sum, count) = (sum + new PatientVector(x, y, z), count + 1));
        PatientVector mean = sum * (1 / count);
        VoxelLoop((x, y, z) =>
        {
            (x, y, z) = (x - mean.X, y - mean.Y, z - mean.Z);
            (xx, yy, zz, xy, xz, yz) = (xx + x * x, yy + y * y, zz + z * z, xy + x * y, xz + x * z, yz + y * z);
        });
        double[,] covariance = { { xx / count, xy / count, xz / count }, { xy / count, yy / count, yz / count }, { xz / count, yz / count, zz / count } };
        double[] values = [.. Matrix<double>.Build.DenseOfArray(covariance).Evd(Symmetricity.Symmetric).EigenValues.Select(v => Math.Max(0, v.Real))];
        Array.Sort(values, (a, b) => b.CompareTo(a));
        return new PrincipalAxes((long)count, mean, values);

        void VoxelLoop(Action<double, double, double> visit)
        {
            for (int k = 0; k < grid.Slices; k++)
            {
                ReadOnlySpan<byte> slice = mask.Slice(k);
                for (int at = slice.IndexOfAnyExcept((byte)0); at >= 0 && at < slice.Length; at++)
                {
                    if (slice[at] != 0)
                        visit(at % grid.Columns * grid.SpacingI, at / grid.Columns * grid.SpacingJ, k * grid.SpacingK);
                }
            }
        }
    }
}
