using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// The head in an image and some millimetres around it, without couch, frame and cables (thin things are opened away) and without what
/// lies far below the vertex: neck and jaw move against the skull.
/// </summary>
internal sealed class HeadRegion
{
    private const double Closing = 8, Opening = 10, Rim = 6, Height = 165, Cover = 15;
    private const double SmallestVolume = 100_000;

    private readonly Volume<byte> _deep;

    private HeadRegion(Volume<byte> mask, PatientPoint center, double volume) =>
        (Mask, Voxels, Center, Volume, _deep) = (mask, Inside(mask), center, volume, BoxMorphology.Erode(mask, Rim + Cover));

    /// <summary>1 in and around the head.</summary>
    public Volume<byte> Mask { get; }

    /// <summary>Indices of the voxels of the mask, in order.</summary>
    public IReadOnlyList<int> Voxels { get; }

    /// <summary>The centre of gravity of the mask.</summary>
    public PatientPoint Center { get; }

    /// <summary>mm³.</summary>
    public double Volume { get; }

    /// <summary>Whether a point, from the centre, lies deeper than scalp and skull, about 15 mm.</summary>
    public bool IsDeep(PatientVector fromCenter)
    {
        VoxelPoint v = _deep.Geometry.ToVoxel(Center + fromCenter);
        (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
        return _deep.Geometry.Contains(i, j, k) && _deep[i, j, k] != 0;
    }

    /// <summary>Finds it in an image of some 4 mm spacing; where nothing looks like a head, it is the whole image.</summary>
    public static HeadRegion Find(Volume<float> image)
    {
        VolumeGeometry grid = image.Geometry;
        float threshold = Threshold(image.Voxels);
        Volume<byte> mask = new(grid, Array.ConvertAll(image.Voxels, v => v > threshold ? (byte)1 : (byte)0));
        mask = BoxMorphology.Erode(FillHoles(BoxMorphology.Dilate(mask, Closing)), Closing);
        mask = BoxMorphology.Erode(mask, Opening);
        ConnectedComponents parts = ConnectedComponents.Of(mask);
        if (parts.Count > 0)
            mask = BoxMorphology.Dilate(parts.Mask(1), Opening + Rim);
        CutBelow(mask);
        HeadRegion head = Of(mask);
        if (head.Volume >= SmallestVolume)
            return head;
        mask.Voxels.AsSpan().Fill(1);
        return Of(mask);
    }

    private static int[] Inside(Volume<byte> mask)
    {
        int[] inside = new int[mask.Voxels.AsSpan().Count((byte)1)];
        for (int n = 0, count = 0; count < inside.Length; n++)
        {
            if (mask.Voxels[n] != 0)
                inside[count++] = n;
        }

        return inside;
    }

    // Between air and the brighter tissues, near to air: the border of a head under any contrast.
    private static float Threshold(float[] voxels)
    {
        float[] sorted = [.. voxels];
        Array.Sort(sorted);
        float low = sorted[sorted.Length / 100], high = sorted[(int)(0.98 * (sorted.Length - 1))];
        return low + 0.2f * (high - low);
    }

    // Everything that the air outside does not reach.
    private static Volume<byte> FillHoles(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        Volume<byte> air = new(grid, Array.ConvertAll(mask.Voxels, v => (byte)(1 - v)));
        ConnectedComponents parts = ConnectedComponents.Of(air);
        bool[] open = new bool[parts.Count + 1];
        for (int n = 0; n < air.Voxels.Length; n++)
        {
            int i = n % grid.Columns, j = n / grid.Columns % grid.Rows, k = n / (grid.Columns * grid.Rows);
            if (i == 0 || j == 0 || k == 0 || i == grid.Columns - 1 || j == grid.Rows - 1 || k == grid.Slices - 1)
                open[parts.Labels.Voxels[n]] = true;
        }

        return new Volume<byte>(grid, Array.ConvertAll(parts.Labels.Voxels, l => l == 0 || !open[l] ? (byte)1 : (byte)0));
    }

    private static void CutBelow(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        double vertex = double.MinValue;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int n = 0; n < mask.Voxels.Length; n++)
            {
                if (mask.Voxels[n] == 0)
                    continue;
                double z = Position(grid, n).Z;
                if (pass == 0)
                    vertex = Math.Max(vertex, z);
                else if (z < vertex - Height - Rim)
                    mask.Voxels[n] = 0;
            }
        }
    }

    private static HeadRegion Of(Volume<byte> mask)
    {
        PatientVector sum = default;
        long count = 0;
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            if (mask.Voxels[n] == 0)
                continue;
            sum += Position(mask.Geometry, n) - PatientPoint.Origin;
            count++;
        }

        PatientPoint center = count == 0 ? mask.Geometry.Center : PatientPoint.Origin + sum * (1.0 / count);
        return new HeadRegion(mask, center, count * mask.Geometry.VoxelVolume);
    }

    private static PatientPoint Position(VolumeGeometry grid, int n) => grid.ToPatient(
        new VoxelPoint(n % grid.Columns, n / grid.Columns % grid.Rows, n / (grid.Columns * grid.Rows)));
}
