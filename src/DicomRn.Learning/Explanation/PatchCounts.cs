using DicomRn.Learning.Model;

namespace DicomRn.Learning.Explanation;

/// <summary>Volumes on the grid of a crop, seen by its patches in the order of the tokens.</summary>
internal static class PatchCounts
{
    /// <summary>How many voxels of each patch are not 0, [patches].</summary>
    /// <param name="voxels">[edge³], I fastest.</param>
    /// <param name="sizes">The edge and the patches.</param>
    public static double[] Of(ReadOnlySpan<byte> voxels, VitConfiguration sizes)
    {
        PatchGrid patches = new(sizes.ImageSize, sizes.PatchSize);
        double[] counts = new double[patches.Count];
        for (int v = 0; v < voxels.Length; v++)
        {
            if (voxels[v] != 0)
                counts[patches.Of(v)]++;
        }

        return counts;
    }

    /// <summary>A map that is highest in the middle of the crop and falls with the distance from it: what a map is worth that knows nothing else.</summary>
    public static double[] Nearness(VitConfiguration sizes)
    {
        int edge = sizes.PatchesPerEdge;
        double middle = (edge - 1) / 2.0;
        return [.. Enumerable.Range(0, sizes.Patches).Select(p =>
        {
            double x = (p % edge) - middle, y = (p / edge % edge) - middle, z = (p / (edge * edge)) - middle;
            return 1 / (1 + Math.Sqrt((x * x) + (y * y) + (z * z)));
        })];
    }
}
