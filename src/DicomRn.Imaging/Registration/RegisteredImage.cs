using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>An image carried over by a registration.</summary>
public static class RegisteredImage
{
    /// <summary>The moving image on the grid of the fixed one, interpolated linearly; outside of it the smallest of its values.</summary>
    public static Volume<float> OnGrid(Volume<float> moving, VolumeGeometry fixedGrid, RigidTransform fixedToMoving)
    {
        float least = float.MaxValue;
        foreach (float value in moving.Voxels)
        {
            if (value < least)
                least = value;
        }

        Volume<float> carried = new(fixedToMoving.Inverse.Apply(moving.Geometry), moving.Voxels);
        return VolumeResampler.Linear(carried, fixedGrid, least == float.MaxValue ? 0 : least);
    }
}
