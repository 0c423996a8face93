using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Preparation;
using DicomRn.Learning.Radiomics.Shape;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>PyRadiomics' shape features, of a volume and of one plane.</summary>
internal static class PyRadiomicsShape
{
    public static IEnumerable<(string Name, double Value)> Volume(Volume<byte> mask)
    {
        VoxelBox box = VoxelBox.Around(mask) ?? throw new RadiomicsException("the mask is empty");
        (double si, double sj, double sk) = (mask.Geometry.SpacingI, mask.Geometry.SpacingJ, mask.Geometry.SpacingK);
        SurfaceMesh mesh = SurfaceMesh.Of(mask, box);
        MeshDiameters diameters = MeshDiameters.Of(mesh.Vertices, si, sj, sk);
        double[] axes = PrincipalAxes.Of(mask).Lengths;
        return
        [
            ("Elongation", axes[1] / axes[0]), ("Flatness", axes[2] / axes[0]), ("LeastAxisLength", axes[2]),
            ("MajorAxisLength", axes[0]), ("Maximum2DDiameterColumn", diameters.InColumn), ("Maximum2DDiameterRow", diameters.InRow),
            ("Maximum2DDiameterSlice", diameters.InSlice), ("Maximum3DDiameter", diameters.Overall), ("MeshVolume", mesh.Volume),
            ("MinorAxisLength", axes[1]), ("Sphericity", Math.Cbrt(36 * Math.PI * mesh.Volume * mesh.Volume) / mesh.Area),
            ("SurfaceArea", mesh.Area), ("SurfaceVolumeRatio", mesh.Area / mesh.Volume),
            ("VoxelVolume", mask.Voxels.LongCount(v => v != 0) * mask.Geometry.VoxelVolume),
        ];
    }

    /// <param name="mask">One voxel thick along the axis.</param>
    /// <param name="dimension">PyRadiomics' <c>force2Ddimension</c>: 0 = slices, 1 = rows, 2 = columns.</param>
    /// <exception cref="RadiomicsException">The mask is thicker.</exception>
    public static IEnumerable<(string Name, double Value)> Plane(Volume<byte> mask, int dimension)
    {
        PlanarOutline outline = PlanarOutline.Of(mask, dimension);
        double[] axes = PrincipalAxes.Of(mask).Lengths;
        return
        [
            ("Elongation", axes[1] / axes[0]), ("MajorAxisLength", axes[0]), ("MaximumDiameter", outline.Diameter),
            ("MeshSurface", outline.Area), ("MinorAxisLength", axes[1]), ("Perimeter", outline.Perimeter),
            ("PerimeterSurfaceRatio", outline.Perimeter / outline.Area), ("PixelSurface", outline.PixelArea),
            ("Sphericity", 2 * Math.Sqrt(Math.PI * outline.Area) / outline.Perimeter),
        ];
    }
}
