using CsCheck;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Tests.Geometry;

public sealed class VolumeGeometryTests
{
    [Fact]
    public void A_point_goes_to_the_grid_and_back_unchanged() =>
        Gen.Select(Grids.Any(), Grids.AnyPoint).Sample((grid, point) =>
            grid.ToPatient(grid.ToVoxel(point)).DistanceTo(point) < 1e-9);

    [Fact]
    public void A_centred_grid_has_its_centre_there_and_takes_the_axes_of_the_image() =>
        Gen.Select(Grids.Any(), Grids.AnyPoint).Sample((image, point) =>
        {
            VolumeGeometry crop = VolumeGeometry.CenteredAt(point, 48, 32, 17, 1.5, axesOf: image);
            return crop.Center.DistanceTo(point) < 1e-9
                && crop.DirectionI == image.DirectionI && crop.DirectionK == image.DirectionK
                && Math.Abs(crop.VoxelVolume - 1.5 * 1.5 * 1.5) < 1e-9;
        });

    [Fact]
    public void The_volume_of_a_voxel_is_the_product_of_the_spacings() =>
        Grids.Any().Sample(grid =>
            Math.Abs(grid.VoxelVolume - grid.SpacingI * grid.SpacingJ * grid.SpacingK) < 1e-9);
}
