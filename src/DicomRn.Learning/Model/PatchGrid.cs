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

    /// <summary>The patch of a voxel, both counted along I first, then J, then K.</summary>
    public int Of(int voxel) =>
        (voxel % Size / PatchSize) + (Edge * ((voxel / Size % Size / PatchSize) + (Edge * (voxel / (Size * Size) / PatchSize))));
}
