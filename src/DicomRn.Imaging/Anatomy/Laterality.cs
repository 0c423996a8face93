using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Anatomy;

/// <summary>The side of the patient on which something lies.</summary>
public enum Laterality
{
    /// <summary>Left.</summary>
    Left,

    /// <summary>Right.</summary>
    Right,
}

/// <summary>Sides of masks.</summary>
public static class MaskLaterality
{
    private const double MostOfIt = 0.9, NearMidline = 5;

    /// <summary>The side of the patient on which a mask lies; null where it crosses the midline, is within 5 mm of it, or the head has no sides to speak of.</summary>
    /// <param name="midline">Of the head, in the frame of reference of the mask.</param>
    /// <param name="mask">1 inside.</param>
    public static Laterality? Of(HeadMidline midline, Volume<byte> mask)
    {
        if (!midline.IsReliable)
            return null;
        VolumeGeometry grid = mask.Geometry;
        long voxels = 0, left = 0;
        double sum = 0;
        for (int n = Array.IndexOf(mask.Voxels, (byte)1); n >= 0; n = Array.IndexOf(mask.Voxels, (byte)1, n + 1))
        {
            double distance = midline.ToLeft(grid.ToPatient(new VoxelPoint(n % grid.Columns, n / grid.Columns % grid.Rows, n / (grid.Columns * grid.Rows))));
            voxels++;
            left += distance > 0 ? 1 : 0;
            sum += distance;
        }

        if (voxels == 0 || Math.Abs(sum / voxels) < NearMidline)
            return null;
        double part = (double)left / voxels;
        return part >= MostOfIt ? Laterality.Left : part <= 1 - MostOfIt ? Laterality.Right : null;
    }
}
