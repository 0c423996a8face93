using BenchmarkDotNet.Attributes;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Benchmarks.Micro;

/// <summary>The contours of one lesion of 20 mm diameter to a mask on a grid of 512 × 512 × 120.</summary>
[MemoryDiagnoser]
public class RasterizeContours
{
    private const double Spacing = 0.5, SliceSpacing = 1.5, Radius = 10;

    private readonly VolumeGeometry _grid = VolumeGeometry.Axial(512, 512, 120, Spacing, PatientPoint.Origin) with { SpacingK = SliceSpacing };

    private RtRoi _lesion = null!;

    [GlobalSetup]
    public void DrawLesion()
    {
        PatientPoint centre = new(130.3, 120.7, 90.2);
        List<RtContour> contours = [];
        for (int k = 0; k < _grid.Slices; k++)
        {
            double z = k * SliceSpacing, height = z - centre.Z;
            if (Math.Abs(height) >= Radius)
                continue;
            double radius = Math.Sqrt(Radius * Radius - height * height);
            contours.Add(new RtContour
            {
                GeometricType = ContourGeometricType.ClosedPlanar,
                Points = [.. Enumerable.Range(0, 90).Select(n => new PatientPoint(
                    centre.X + radius * Math.Cos(n * Math.Tau / 90), centre.Y + radius * Math.Sin(n * Math.Tau / 90), z))],
            });
        }

        _lesion = new RtRoi { Number = 1, Name = "GTV_1", Contours = contours };
    }

    [Benchmark]
    public long Rasterize() => ContourRasterizer.Rasterize(_lesion, _grid).VoxelCount;
}
