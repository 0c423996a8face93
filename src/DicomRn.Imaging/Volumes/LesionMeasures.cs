using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Volumes;

/// <summary>A straight line between two points of a slice, as measured on a lesion.</summary>
/// <param name="Start">LPS, mm.</param>
/// <param name="End">LPS, mm.</param>
public sealed record LesionAxis(PatientPoint Start, PatientPoint End)
{
    /// <summary>mm.</summary>
    public double Length => Start.DistanceTo(End);
}

/// <summary>Size and place of a lesion, measured on its mask.</summary>
public sealed record LesionMeasures
{
    /// <summary>Voxels inside.</summary>
    public required long VoxelCount { get; init; }

    /// <summary>mm³: the number of voxels times the volume of one (DCM 126030, sum of segmented voxel method).</summary>
    public required double Volume { get; init; }

    /// <summary>The mean of the voxel centres, LPS, mm.</summary>
    public required PatientPoint Centroid { get; init; }

    /// <summary>Index K of the slice in which most voxels are inside; the lowest of several.</summary>
    public required int LargestSlice { get; init; }

    /// <summary>Area on that slice, mm² (pixel count times pixel area).</summary>
    public required double LargestArea { get; init; }

    /// <summary>
    /// The longest distance between two points of the outlines (<see cref="ContourTracer"/>) of one component on <see cref="LargestSlice"/>.
    /// </summary>
    public required LesionAxis LongAxis { get; init; }

    /// <summary>The longest line inside the same component and slice at right angles to <see cref="LongAxis"/>.</summary>
    public required LesionAxis ShortAxis { get; init; }

    /// <summary>Measures a mask (any non-zero value is inside).</summary>
    /// <exception cref="ArgumentException">The mask is empty.</exception>
    public static LesionMeasures Of(Volume<byte> mask)
    {
        VolumeGeometry grid = mask.Geometry;
        long count = 0, sumI = 0, sumJ = 0, sumK = 0;
        (int largest, int largestCount) = (0, 0);
        for (int k = 0; k < grid.Slices; k++)
        {
            ReadOnlySpan<byte> slice = mask.Slice(k);
            int inSlice = 0;
            for (int n = 0; n < slice.Length; n++)
            {
                if (slice[n] == 0)
                    continue;
                inSlice++;
                sumI += n % grid.Columns;
                sumJ += n / grid.Columns;
            }

            count += inSlice;
            sumK += (long)k * inSlice;
            if (inSlice > largestCount)
                (largest, largestCount) = (k, inSlice);
        }

        if (count == 0)
            throw new ArgumentException("The mask is empty.", nameof(mask));
        (LesionAxis longAxis, LesionAxis shortAxis) = SliceAxes.Measure(mask, largest);
        return new LesionMeasures
        {
            VoxelCount = count,
            Volume = count * grid.VoxelVolume,
            Centroid = grid.ToPatient(new VoxelPoint((double)sumI / count, (double)sumJ / count, (double)sumK / count)),
            LargestSlice = largest,
            LargestArea = largestCount * grid.SpacingI * grid.SpacingJ,
            LongAxis = longAxis,
            ShortAxis = shortAxis,
        };
    }
}
