using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>
/// Voxel values on a grid in patient space. The array has <see cref="VolumeGeometry.VoxelCount"/> elements, I
/// fastest, then J, then K. An image is a <c>Volume&lt;float&gt;</c> (modality units after rescale); a mask is a
/// <c>Volume&lt;byte&gt;</c> with 0 outside and 1 inside.
/// </summary>
/// <typeparam name="T">The type of one voxel.</typeparam>
public sealed class Volume<T>
    where T : unmanaged
{
    /// <summary>Takes over <paramref name="voxels"/> without a copy.</summary>
    /// <exception cref="ArgumentException">The array does not have one element per voxel.</exception>
    public Volume(VolumeGeometry geometry, T[] voxels)
    {
        if (voxels.LongLength != geometry.VoxelCount)
            throw new ArgumentException($"{voxels.LongLength} values for {geometry.VoxelCount} voxels.", nameof(voxels));
        Geometry = geometry;
        Voxels = voxels;
    }

    /// <summary>A volume of default values.</summary>
    public Volume(VolumeGeometry geometry)
        : this(geometry, new T[geometry.VoxelCount])
    {
    }

    /// <summary>The grid.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>The values, I fastest, then J, then K.</summary>
    public T[] Voxels { get; }

    /// <summary>The value of one voxel.</summary>
    public ref T this[int i, int j, int k] => ref Voxels[Geometry.Offset(i, j, k)];

    /// <summary>The values of one slice, I fastest.</summary>
    public Span<T> Slice(int k) =>
        Voxels.AsSpan(checked((int)Geometry.Offset(0, 0, k)), Geometry.Columns * Geometry.Rows);
}
