using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Intensity;

/// <summary>
/// The highest mean of the image in a sphere of 1 cm³, also beyond the region (IBSI 3.2): around the brightest voxel, and around
/// any voxel of the region.
/// </summary>
/// <param name="Local">Around the brightest voxel; the highest where several are equally bright.</param>
/// <param name="Global">Around any voxel.</param>
internal readonly record struct LocalIntensityPeak(double Local, double Global)
{
    private static readonly double Radius = 10 * Math.Cbrt(3 / (4 * Math.PI));

    public static LocalIntensityPeak Of(AnalysisRegion region)
    {
        VolumeGeometry grid = region.Grid;
        (int reachI, int reachJ, int reachK) = ((int)(Radius / grid.SpacingI), (int)(Radius / grid.SpacingJ), (int)(Radius / grid.SpacingK));
        VoxelBox box = region.Box.Padded(reachI, reachJ, reachK, grid);
        Volume<float> image = box.Crop(region.Image);
        double[] before = RunningSums(image);
        List<(int J, int K, int Reach)> rows = [];
        for (int k = -reachK; k <= reachK; k++)
        {
            for (int j = -reachJ; j <= reachJ; j++)
            {
                double left = Radius * Radius - Square(j * grid.SpacingJ) - Square(k * grid.SpacingK);
                if (left >= 0)
                    rows.Add((j, k, (int)(Math.Sqrt(left) / grid.SpacingI)));
            }
        }

        double brightest = region.Values.Max(), local = double.NegativeInfinity, global = double.NegativeInfinity;
        for (int n = 0; n < region.Values.Length; n++)
        {
            int at = region.Inside[n];
            int i = at % grid.Columns - box.I, j = at / grid.Columns % grid.Rows - box.J, k = at / (grid.Columns * grid.Rows) - box.K;
            double sum = 0;
            int count = 0;
            foreach ((int dj, int dk, int reach) in rows)
            {
                if ((uint)(j + dj) >= (uint)box.Rows || (uint)(k + dk) >= (uint)box.Slices)
                    continue;
                int start = ((k + dk) * box.Rows + j + dj) * (box.Columns + 1);
                int first = Math.Max(0, i - reach), end = Math.Min(box.Columns, i + reach + 1);
                sum += before[start + end] - before[start + first];
                count += end - first;
            }

            global = Math.Max(global, sum / count);
            if (region.Values[n] == brightest)
                local = Math.Max(local, sum / count);
        }

        return new LocalIntensityPeak(local, global);
    }

    private static double Square(double x) => x * x;

    // Row by row, one element more than there are columns: element i is the sum of what comes before column i.
    private static double[] RunningSums(Volume<float> image)
    {
        int columns = image.Geometry.Columns, rows = image.Geometry.Rows * image.Geometry.Slices;
        double[] sums = new double[rows * (columns + 1)];
        for (int row = 0; row < rows; row++)
            for (int i = 0; i < columns; i++)
                sums[row * (columns + 1) + i + 1] = sums[row * (columns + 1) + i] + image.Voxels[row * columns + i];
        return sums;
    }
}
