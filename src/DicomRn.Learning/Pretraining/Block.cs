namespace DicomRn.Learning.Pretraining;

/// <summary>A block of voxels inside a cube: first voxel and size along X, Y and Z.</summary>
internal readonly record struct Block(int X, int Y, int Z, int SizeX, int SizeY, int SizeZ)
{
    /// <summary>A block somewhere inside, each size between two shares of the edge.</summary>
    public static Block Draw(int edge, double smallest, double largest, SeededRandom random)
    {
        int low = Math.Clamp((int)Math.Round(smallest * edge), 1, edge), high = Math.Clamp((int)Math.Round(largest * edge), low, edge);
        int sx = random.Integer(low, high), sy = random.Integer(low, high), sz = random.Integer(low, high);
        return new Block(random.Integer(0, edge - sx), random.Integer(0, edge - sy), random.Integer(0, edge - sz), sx, sy, sz);
    }

    /// <summary>Indices of the voxels, X fastest.</summary>
    public IEnumerable<int> Voxels(int edge)
    {
        for (int z = Z; z < Z + SizeZ; z++)
        {
            for (int y = Y; y < Y + SizeY; y++)
            {
                for (int x = X; x < X + SizeX; x++)
                    yield return (z * edge + y) * edge + x;
            }
        }
    }

    public void Mark(Span<bool> voxels, int edge)
    {
        for (int z = Z; z < Z + SizeZ; z++)
        {
            for (int y = Y; y < Y + SizeY; y++)
                voxels.Slice((z * edge + y) * edge + X, SizeX).Fill(true);
        }
    }
}
