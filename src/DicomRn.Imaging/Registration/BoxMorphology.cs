using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>Dilation and erosion of masks by a box along the axes of the grid.</summary>
internal static class BoxMorphology
{
    /// <summary>Grown by <paramref name="radius"/> mm along every axis, to whole voxels.</summary>
    public static Volume<byte> Dilate(Volume<byte> mask, double radius) => Spread(mask, radius, 1);

    /// <summary>Shrunk by <paramref name="radius"/> mm along every axis; what touches the border of the grid goes on beyond it.</summary>
    public static Volume<byte> Erode(Volume<byte> mask, double radius) => Spread(mask, radius, 0);

    private static Volume<byte> Spread(Volume<byte> mask, double radius, byte value)
    {
        VolumeGeometry g = mask.Geometry;
        Volume<byte> result = new(g, [.. mask.Voxels]);
        SpreadLines(result.Voxels, g.Columns, 1, (int)Math.Round(radius / g.SpacingI), value);
        SpreadLines(result.Voxels, g.Rows, g.Columns, (int)Math.Round(radius / g.SpacingJ), value);
        SpreadLines(result.Voxels, g.Slices, g.Columns * g.Rows, (int)Math.Round(radius / g.SpacingK), value);
        return result;
    }

    private static void SpreadLines(byte[] voxels, int count, int stride, int reach, byte value)
    {
        byte[] line = new byte[count];
        for (int start = 0; start < voxels.Length; start++)
        {
            if (start / stride % count != 0)
                continue;
            for (int n = 0; n < count; n++)
                line[n] = voxels[start + n * stride];
            for (int n = 0, last = -reach - 1; n < count; n++)
            {
                if (line[n] == value)
                    last = n;
                else if (n - last <= reach && last >= 0)
                    voxels[start + n * stride] = value;
            }

            for (int n = count - 1, next = count + reach; n >= 0; n--)
            {
                if (line[n] == value)
                    next = n;
                else if (next - n <= reach && next < count)
                    voxels[start + n * stride] = value;
            }
        }
    }
}
