using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Contours;

/// <summary>The mask of a ROI on a grid, and what became of each of its contours.</summary>
public sealed record RasterizedRoi
{
    /// <summary>1 inside, 0 outside, on the grid that was asked for.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>Voxels inside.</summary>
    public required long VoxelCount { get; init; }

    /// <summary>Slices outside of which the mask is empty.</summary>
    public Range Slices { get; init; }

    /// <summary>Closed contours laid onto a slice.</summary>
    public required int UsedContours { get; init; }

    /// <summary>Contours whose data could not be read (<see cref="RtRoi.UnreadableContours"/>).</summary>
    public required int Unreadable { get; init; }

    /// <summary>Contours that enclose nothing by their type (points and open lines) or with fewer than three points.</summary>
    public required int NotClosed { get; init; }

    /// <summary>Closed contours whose plane is more than half a slice beyond the first or last slice.</summary>
    public required int BeyondSlices { get; init; }

    /// <summary>Closed contours left out because they are not parallel to the slices (their points lie more than half a slice off their mean plane), or, where the shape is interpolated, to the others.</summary>
    public required int Tilted { get; init; }

    /// <summary>Closed contours left out because another plane of contours is nearer to the same slice.</summary>
    public required int CrowdedOut { get; init; }

    /// <summary>Slices between the first and the last contoured slice that have no contour.</summary>
    public required int EmptySlicesBetween { get; init; }

    /// <summary>Slices on which plain CLOSED_PLANAR contours overlap, where even-odd makes holes that the standard does not define.</summary>
    public required int SlicesWithNestedContours { get; init; }

    /// <summary>Contours of which a part lies beside the grid, in the plane of a slice.</summary>
    public required int CutByBorder { get; init; }

    /// <summary>The largest distance of a used contour's plane from the slice it was laid onto, in slices (0 to 0.5).</summary>
    public required double LargestPlaneOffset { get; init; }

    /// <summary>Whether the planes of the contours are not slices of the grid and the mask is that of their <see cref="ContourShape"/>.</summary>
    public bool Interpolated { get; init; }

    /// <summary>Angle between the planes of the contours and the slices where <see cref="Interpolated"/>, degrees.</summary>
    public double PlaneTilt { get; init; }

    /// <summary>Usual distance of the planes of the contours where <see cref="Interpolated"/>, mm.</summary>
    public double PlaneSpacing { get; init; }

    /// <summary>Everything above that a person should know, as sentences; empty if all contours lie on slices and inside the grid.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
