namespace DicomRn.Learning.Model;

/// <summary>The patches of a cube, in the order of the tokens.</summary>
/// <param name="Size">Voxels along an edge of the cube.</param>
/// <param name="PatchSize">Voxels along an edge of a patch.</param>
internal readonly record struct PatchGrid(int Size, int PatchSize)
{
    /// <summary>Patches along an edge.</summary>
    public int Edge => Size / PatchSize;

    /// <summary>All patches.</summary>
    public int Count => Edge * Edge * Edge;

    /// <summary>How near each patch is to the centre of the cube: a Gaussian of the distance between both centres.</summary>
    /// <param name="width">Standard deviation, as a share of the cube's edge.</param>
    public double[] Nearness(double width)
    {
        double[] nearness = new double[Count];
        for (int n = 0; n < nearness.Length; n++)
        {
            double i = Offset(n % Edge), j = Offset(n / Edge % Edge), k = Offset(n / (Edge * Edge));
            nearness[n] = Math.Exp(-(i * i + j * j + k * k) / (2 * width * width));
        }

        return nearness;
    }

    /// <summary>The first voxel of a patch, counted along I first, then J, then K.</summary>
    public int FirstVoxel(int patch) => PatchSize * (patch % Edge + Size * (patch / Edge % Edge + Size * (patch / (Edge * Edge))));

    /// <summary>The patch of a voxel, both counted along I first, then J, then K.</summary>
    public int Of(int voxel) =>
        (voxel % Size / PatchSize) + (Edge * ((voxel / Size % Size / PatchSize) + (Edge * (voxel / (Size * Size) / PatchSize))));

    private double Offset(int patch) => (patch + 0.5) / Edge - 0.5;
}
