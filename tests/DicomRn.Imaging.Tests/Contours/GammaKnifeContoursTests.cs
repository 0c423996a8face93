using System.Text.Json.Nodes;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Contours;

/// <summary>The clinical contours of twenty patients, on a grid whose slices are none of theirs.</summary>
public sealed class GammaKnifeContoursTests
{
    [Fact]
    public void Lesions_keep_their_volume_on_slices_that_are_not_those_of_their_contours()
    {
        string[] files = Directory.GetFiles(TestData.Require("gamma-knife-contours"), "*.json", SearchOption.AllDirectories);
        List<string> failed = [];
        int oblique = 0, checkedRois = 0;
        foreach (string path in files.Where(f => f.Contains("contours", StringComparison.Ordinal) && f.Contains("sub-", StringComparison.Ordinal)))
        {
            foreach (JsonNode? structure in JsonNode.Parse(File.ReadAllText(path))!.AsArray())
            {
                RtRoi roi = Roi(structure!);
                if (roi.Contours.Count < 4)
                    continue;
                PatientPoint[] points = [.. roi.Contours.SelectMany(c => c.Points)];
                PatientPoint low = new(points.Min(p => p.X) - 5.21, points.Min(p => p.Y) - 5.37, points.Min(p => p.Z) - 5.43);
                VolumeGeometry grid = VolumeGeometry.Axial(
                    (int)((points.Max(p => p.X) - low.X + 5) / 0.5), (int)((points.Max(p => p.Y) - low.Y + 5) / 0.5), (int)(points.Max(p => p.Z) - low.Z + 5), 0.5, low) with
                { SpacingK = 1 };
                RasterizedRoi mask = ContourRasterizer.Rasterize(roi, grid);
                double volume = mask.VoxelCount * grid.VoxelVolume, expected = ContourVolume(roi, mask.PlaneSpacing);

                // Of smaller ones the voxels of the grid count for more than the method.
                if (expected < 100)
                    continue;
                checkedRois++;
                oblique += mask.PlaneTilt > 0.01 ? 1 : 0;
                if (!mask.Interpolated || mask.Warnings.Count == 0 || Math.Abs(volume / expected - 1) > 0.1)
                    failed.Add($"{Path.GetFileName(path)} {roi.Name}: {volume:0} mm3 of {expected:0}, {string.Join("; ", mask.Warnings)}");
            }
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.True(checkedRois >= 20);
        Assert.True(oblique >= 1);
    }

    private static RtRoi Roi(JsonNode structure) => new()
    {
        Number = 1,
        Name = structure["structure_name"]!.GetValue<string>(),
        Contours = [.. structure["LPS_contour_points"]!.AsArray().Select(c => new RtContour
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [.. c!.AsArray().Select(p => new PatientPoint(p![0]!.GetValue<double>(), p[1]!.GetValue<double>(), p[2]!.GetValue<double>()))],
        })],
    };

    // Areas by Newell's formula, each a slab as thick as the planes are apart; a shape that tapers towards its ends holds some percent less.
    private static double ContourVolume(RtRoi roi, double spacing) => spacing * roi.Contours.Sum(c =>
    {
        PatientVector sum = default;
        for (int n = 0; n < c.Points.Count; n++)
            sum += (c.Points[n] - c.Points[0]).Cross(c.Points[(n + 1) % c.Points.Count] - c.Points[0]);
        return sum.Length / 2;
    });
}
