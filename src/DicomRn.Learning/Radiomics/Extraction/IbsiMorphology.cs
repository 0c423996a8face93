using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Radiomics.Preparation;
using DicomRn.Learning.Radiomics.Shape;

namespace DicomRn.Learning.Radiomics.Extraction;

/// <summary>The morphological features of the IBSI manual, 3.1 (HCUG).</summary>
internal static class IbsiMorphology
{
    public static IEnumerable<RadiomicFeature> Of(AnalysisRegion region)
    {
        VolumeGeometry grid = region.Grid;
        (double si, double sj, double sk) = (grid.SpacingI, grid.SpacingJ, grid.SpacingK);
        SurfaceMesh mesh = SurfaceMesh.Of(region.Morphology, region.Box);
        PrincipalAxes axes = PrincipalAxes.Of(region.Morphology);
        (double v, double a, double[] lengths) = (mesh.Volume, mesh.Area, axes.SampleLengths);
        double voxelVolume = Count(region.Morphology.Voxels) * grid.VoxelVolume;
        double sphericity = Math.Cbrt(36 * Math.PI * v * v) / a;
        yield return new("morph_volume", v);
        yield return new("morph_vol_approx", voxelVolume);
        yield return new("morph_area_mesh", a);
        yield return new("morph_av", a / v);
        yield return new("morph_comp_1", v / (Math.Sqrt(Math.PI) * Math.Pow(a, 1.5)));
        yield return new("morph_comp_2", 36 * Math.PI * v * v / (a * a * a));
        yield return new("morph_sph_dispr", 1 / sphericity);
        yield return new("morph_sphericity", sphericity);
        yield return new("morph_asphericity", 1 / sphericity - 1);
        yield return new("morph_com", (axes.Centre - Centre(region)).Length);
        yield return new("morph_diam", MeshDiameters.Of(mesh.Vertices, si, sj, sk).Overall);
        yield return new("morph_pca_maj_axis", lengths[0]);
        yield return new("morph_pca_min_axis", lengths[1]);
        yield return new("morph_pca_least_axis", lengths[2]);
        yield return new("morph_pca_elongation", lengths[1] / lengths[0]);
        yield return new("morph_pca_flatness", lengths[2] / lengths[0]);
        foreach (RadiomicFeature density in Densities(region, mesh, lengths))
            yield return density;
        yield return new("morph_integ_int", region.Values.Average() * v);
        SpatialCorrelation correlation = SpatialCorrelation.Of(region);
        yield return new("morph_moran_i", correlation.Moran);
        yield return new("morph_geary_c", correlation.Geary);
    }

    // What share of a simple body around the mesh the mesh fills, by volume and by area.
    private static IEnumerable<RadiomicFeature> Densities(AnalysisRegion region, SurfaceMesh mesh, double[] lengths)
    {
        (double si, double sj, double sk) = (region.Grid.SpacingI, region.Grid.SpacingJ, region.Grid.SpacingK);
        BoundingBlock aligned = new(region.Box.Columns * si, region.Box.Rows * sj, region.Box.Slices * sk);
        ConvexHull hull = ConvexHull.Of(mesh.Vertices) ?? throw new InvalidOperationException("A closed mesh spans a volume.");
        PatientVector[] points = Array.ConvertAll([.. hull.Points], p => new PatientVector(p.I * si / 2, p.J * sj / 2, p.K * sk / 2));
        PatientVector[] corners = [.. hull.Faces.SelectMany(f => new[] { f.A, f.B, f.C }).Distinct().Select(n => points[n])];
        PatientVector[] normals =
        [
            .. hull.Faces.Select(f => (points[f.B] - points[f.A]).Cross(points[f.C] - points[f.A]).Normalized())
                .DistinctBy(n => (Math.Round(n.X, 9), Math.Round(n.Y, 9), Math.Round(n.Z, 9))),
        ];
        BoundingBlock oriented = BoundingBlock.Oriented(corners, normals);
        Ellipsoid approximate = new(lengths[0] / 2, lengths[1] / 2, lengths[2] / 2), enclosing = EnclosingEllipsoid.Around(corners);
        (double hullArea, double hullVolume) = hull.Measure(si, sj, sk);
        (string Body, double Volume, double Area)[] bodies =
        [
            ("aabb", aligned.Volume, aligned.Area), ("ombb", oriented.Volume, oriented.Area), ("aee", approximate.Volume, approximate.Area),
            ("mvee", enclosing.Volume, enclosing.Area), ("conv_hull", hullVolume, hullArea),
        ];
        foreach ((string body, double volume, double area) in bodies)
        {
            yield return new($"morph_vol_dens_{body}", mesh.Volume / volume);
            yield return new($"morph_area_dens_{body}", mesh.Area / area);
        }
    }

    // The centre of the intensities, mm along the axes of the grid.
    private static PatientVector Centre(AnalysisRegion region)
    {
        VolumeGeometry grid = region.Grid;
        double x = 0, y = 0, z = 0, sum = 0;
        for (int n = 0; n < region.Values.Length; n++)
        {
            (int at, double v) = (region.Inside[n], region.Values[n]);
            x += v * (at % grid.Columns);
            y += v * (at / grid.Columns % grid.Rows);
            z += v * (at / (grid.Columns * grid.Rows));
            sum += v;
        }

        return new PatientVector(x / sum * grid.SpacingI, y / sum * grid.SpacingJ, z / sum * grid.SpacingK);
    }

    private static long Count(byte[] mask) => mask.LongCount(v => v != 0);
}
