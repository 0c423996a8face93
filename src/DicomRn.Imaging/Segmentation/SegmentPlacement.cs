using System.Globalization;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Segmentation;

/// <summary>Lays the frames of a segment onto a grid.</summary>
internal static class SegmentPlacement
{
    // A frame lies on a slice if its pixel centres are within these of voxel centres, in pixels and slices.
    private const double InPlane = 0.05;
    private const double Across = 0.1;

    public static SegmentMask On(SegmentationObject segmentation, int segment, VolumeGeometry grid, bool mayResample = true)
    {
        if (segmentation.Segments.All(s => s.Number != segment))
            throw new ArgumentException($"There is no segment {segment}.", nameof(segment));
        SegmentFrame[] frames = [.. segmentation.Frames.Where(f => f.Segment is null || f.Segment == segment)];
        if (frames.Length == 0)
            return Result(new Volume<byte>(grid), 0, 0, resampled: false, outside: 0);
        PlacedFrame?[] placed = [.. frames.Select(f => PlacedFrame.On(grid, f.Plane))];
        if (placed.All(p => p is not null))
            return Copy(segmentation, segment, frames, placed!, grid);
        if (!mayResample)
        {
            throw SeriesGeometry.Refuse(
                SeriesGeometryReason.MixedOrientation, "segmentation " + segmentation.SopInstanceUid,
                $"its frames are turned against each other by a fraction of a pixel");
        }

        return Resample(segmentation, segment, frames, grid);
    }

    private static SegmentMask Copy(
        SegmentationObject segmentation, int segment, SegmentFrame[] frames, PlacedFrame[] placed, VolumeGeometry grid)
    {
        Volume<byte> mask = new(grid);
        long pixels = 0, outside = 0;
        for (int n = 0; n < frames.Length; n++)
        {
            SlicePlane plane = frames[n].Plane;
            byte[] frame = new byte[plane.Rows * plane.Columns];
            int inside = segmentation.Pixels.Unpack(frames[n].Index, segment, frame);
            pixels += inside;
            if (inside == 0)
                continue;
            for (int j = 0; j < plane.Rows; j++)
            {
                for (int i = 0; i < plane.Columns; i++)
                {
                    if (frame[j * plane.Columns + i] == 0)
                        continue;
                    if (grid.Contains(placed[n].I + i, placed[n].J + j, placed[n].K))
                        mask[placed[n].I + i, placed[n].J + j, placed[n].K] = 1;
                    else
                        outside++;
                }
            }
        }

        return Result(mask, frames.Length, pixels, resampled: false, outside);
    }

    private static SegmentMask Resample(SegmentationObject segmentation, int segment, SegmentFrame[] frames, VolumeGeometry grid)
    {
        SegmentMask own = segmentation.MaskOnOwnGrid(segment);
        Volume<byte> mask = VolumeResampler.Nearest(own.Mask, grid);
        return Result(mask, frames.Length, own.PixelCount, resampled: true, Outside(own.Mask, grid));
    }

    private static long Outside(Volume<byte> own, VolumeGeometry grid)
    {
        GridMapping mapping = new(own.Geometry, grid);
        long outside = 0;
        for (int k = 0; k < own.Geometry.Slices; k++)
        {
            ReadOnlySpan<byte> slice = own.Slice(k);
            for (int n = slice.IndexOf((byte)1); n >= 0 && n < slice.Length; n++)
            {
                if (slice[n] == 0)
                    continue;
                VoxelPoint start = mapping.RowStart(n / own.Geometry.Columns, k);
                double i = n % own.Geometry.Columns;
                VoxelPoint p = new(start.I + mapping.StepI.I * i, start.J + mapping.StepI.J * i, start.K + mapping.StepI.K * i);
                if (!grid.Contains((int)Math.Floor(p.I + 0.5), (int)Math.Floor(p.J + 0.5), (int)Math.Floor(p.K + 0.5)))
                    outside++;
            }
        }

        return outside;
    }

    private static SegmentMask Result(Volume<byte> mask, int frames, long pixels, bool resampled, long outside)
    {
        long voxels = mask.Voxels.AsSpan().Count((byte)1);
        List<string> warnings = [];
        if (resampled)
            warnings.Add("the segmentation lies on another grid and was resampled to the nearest voxel");
        if (outside > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{outside} pixels of the segment lie outside the image"));
        if (pixels == 0)
            warnings.Add("the segment is empty");
        else if (voxels == 0)
            warnings.Add("no voxel of the image lies in the segment");
        return new SegmentMask
        {
            Mask = mask,
            VoxelCount = voxels,
            Frames = frames,
            PixelCount = pixels,
            OutsidePixels = outside,
            Resampled = resampled,
            Warnings = warnings,
        };
    }

    /// <summary>The voxel on which the first pixel of a frame lies, where all its pixels lie on voxels; it may be outside the grid.</summary>
    private sealed record PlacedFrame(int I, int J, int K)
    {
        public static PlacedFrame? On(VolumeGeometry grid, SlicePlane plane)
        {
            VoxelPoint first = grid.ToVoxel(plane.Position);
            VoxelPoint last = grid.ToVoxel(plane.Position
                + plane.RowDirection * (plane.SpacingI * (plane.Columns - 1)) + plane.ColumnDirection * (plane.SpacingJ * (plane.Rows - 1)));
            VoxelPoint side = grid.ToVoxel(plane.Position + plane.RowDirection * (plane.SpacingI * (plane.Columns - 1)));
            (double i, double j, double k) = (Math.Round(first.I), Math.Round(first.J), Math.Round(first.K));
            bool aligned = Near(first, i, j, k)
                && Near(last, i + plane.Columns - 1, j + plane.Rows - 1, k)
                && Near(side, i + plane.Columns - 1, j, k);
            return aligned && Math.Abs(i) < 1e6 && Math.Abs(j) < 1e6 && Math.Abs(k) < 1e6 ? new PlacedFrame((int)i, (int)j, (int)k) : null;
        }

        private static bool Near(VoxelPoint p, double i, double j, double k) =>
            Math.Abs(p.I - i) <= InPlane && Math.Abs(p.J - j) <= InPlane && Math.Abs(p.K - k) <= Across;
    }
}
