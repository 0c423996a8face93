using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Preprocessing;

/// <summary>The inside of a head on a coarse grid.</summary>
internal static class HeadRegion
{
    /// <summary>Voxels inside the head, at least <paramref name="depth"/> voxels below its surface.</summary>
    public static bool[] Inside(Volume<float> image, int depth)
    {
        VolumeGeometry g = image.Geometry;
        float threshold = Otsu(image.Voxels);
        bool[] tissue = Array.ConvertAll(image.Voxels, v => v > threshold);
        bool[] inside = Enclosed(tissue, g);
        for (int n = 0; n < depth; n++)
            inside = Erode(inside, g);
        return inside;
    }

    /// <summary>The threshold that best divides the values into two groups (Otsu 1979).</summary>
    internal static float Otsu(float[] values)
    {
        const int Bins = 256;
        float[] sorted = [.. values];
        Array.Sort(sorted);
        float low = sorted[0], high = sorted[(int)((sorted.Length - 1) * 0.995)];
        if (high <= low)
            return high;
        long[] histogram = new long[Bins];
        foreach (float v in values)
            histogram[Math.Clamp((int)((v - low) / (high - low) * Bins), 0, Bins - 1)]++;
        double all = 0;
        for (int b = 0; b < Bins; b++)
            all += (double)b * histogram[b];
        (double best, int at) = (-1, 0);
        double count = 0, sum = 0;
        for (int b = 0; b < Bins - 1; b++)
        {
            count += histogram[b];
            sum += (double)b * histogram[b];
            if (count == 0 || count == values.Length)
                continue;
            double difference = sum / count - (all - sum) / (values.Length - count);
            double between = count * (values.Length - count) * difference * difference;
            if (between > best)
                (best, at) = (between, b);
        }

        return low + (at + 1) * (high - low) / Bins;
    }

    /// <summary>Voxels with tissue on both sides along every axis: dark bone, CSF and necrosis are inside, too.</summary>
    private static bool[] Enclosed(bool[] tissue, VolumeGeometry g)
    {
        bool[] enclosed = new bool[tissue.Length];
        Array.Fill(enclosed, true);
        int plane = g.Columns * g.Rows;
        for (int k = 0; k < g.Slices; k++)
        {
            for (int j = 0; j < g.Rows; j++)
                KeepBetween(tissue, enclosed, k * plane + j * g.Columns, 1, g.Columns);
            for (int i = 0; i < g.Columns; i++)
                KeepBetween(tissue, enclosed, k * plane + i, g.Columns, g.Rows);
        }

        for (int n = 0; n < plane; n++)
            KeepBetween(tissue, enclosed, n, plane, g.Slices);
        return enclosed;
    }

    private static void KeepBetween(bool[] tissue, bool[] enclosed, int start, int stride, int count)
    {
        int first = 0, last = count - 1;
        while (first < count && !tissue[start + first * stride])
            first++;
        while (last >= 0 && !tissue[start + last * stride])
            last--;
        for (int n = 0; n < count; n++)
            enclosed[start + n * stride] &= n >= first && n <= last;
    }

    private static bool[] Erode(bool[] region, VolumeGeometry g)
    {
        bool[] eroded = new bool[region.Length];
        int plane = g.Columns * g.Rows;
        for (int k = 1; k < g.Slices - 1; k++)
        {
            for (int j = 1; j < g.Rows - 1; j++)
            {
                for (int i = 1; i < g.Columns - 1; i++)
                {
                    int n = k * plane + j * g.Columns + i;
                    eroded[n] = region[n] && region[n - 1] && region[n + 1] && region[n - g.Columns] && region[n + g.Columns]
                        && region[n - plane] && region[n + plane];
                }
            }
        }

        return eroded;
    }
}
