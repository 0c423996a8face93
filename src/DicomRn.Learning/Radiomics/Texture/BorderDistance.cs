namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>City-block distance of every voxel of a mask to the nearest voxel outside it, 1 at the border (IBSI 3.9).</summary>
internal static class BorderDistance
{
    /// <param name="inside">A mask box, I fastest; what lies beyond the box is outside.</param>
    /// <param name="columns">Voxels along I.</param>
    /// <param name="rows">Voxels along J.</param>
    /// <param name="slices">Voxels along K.</param>
    /// <param name="inSlice">Whether distances are taken inside each slice only.</param>
    public static int[] Of(ReadOnlySpan<bool> inside, int columns, int rows, int slices, bool inSlice)
    {
        int[] distance = new int[inside.Length];
        for (int k = 0, at = 0; k < slices; k++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int i = 0; i < columns; i++, at++)
                {
                    if (!inside[at])
                        continue;
                    int nearest = Math.Min(i > 0 ? distance[at - 1] : 0, j > 0 ? distance[at - columns] : 0);
                    distance[at] = 1 + (inSlice ? nearest : Math.Min(nearest, k > 0 ? distance[at - columns * rows] : 0));
                }
            }
        }

        for (int k = slices - 1, at = distance.Length - 1; k >= 0; k--)
        {
            for (int j = rows - 1; j >= 0; j--)
            {
                for (int i = columns - 1; i >= 0; i--, at--)
                {
                    if (!inside[at])
                        continue;
                    int nearest = Math.Min(i < columns - 1 ? distance[at + 1] : 0, j < rows - 1 ? distance[at + columns] : 0);
                    if (!inSlice)
                        nearest = Math.Min(nearest, k < slices - 1 ? distance[at + columns * rows] : 0);
                    distance[at] = Math.Min(distance[at], 1 + nearest);
                }
            }
        }

        return distance;
    }
}
