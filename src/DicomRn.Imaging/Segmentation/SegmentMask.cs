using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Segmentation;

/// <summary>A segment on a grid, and what became of its frames.</summary>
public sealed record SegmentMask
{
    /// <summary>1 inside, 0 outside, on the grid that was asked for.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>Voxels inside.</summary>
    public required long VoxelCount { get; init; }

    /// <summary>Frames of the segment in the file, the empty ones too.</summary>
    public required int Frames { get; init; }

    /// <summary>Pixels inside the segment, in all its frames.</summary>
    public required long PixelCount { get; init; }

    /// <summary>Of these, pixels whose centre lies outside the grid.</summary>
    public required long OutsidePixels { get; init; }

    /// <summary>Whether the frames are not planes of the grid and were resampled in patient space (nearest neighbour).</summary>
    public required bool Resampled { get; init; }

    /// <summary>What a person should know, as sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
