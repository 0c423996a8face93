using System.Globalization;
using DicomRn.Imaging.Anatomy;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Tests.Export;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Anatomy;

/// <summary>Left stays left, from the file to mask, side and letters, however the patient lay and the slices run.</summary>
public sealed class OrientationTests
{
    [Theory]
    [InlineData("HFS", "axial", 1, 0, 0, 0, 1, 0)]
    [InlineData("HFP", "axial", -1, 0, 0, 0, -1, 0)]
    [InlineData("HFDR", "axial", 0, -1, 0, 1, 0, 0)]
    [InlineData("HFDL", "axial", 0, 1, 0, -1, 0, 0)]
    [InlineData("FFS", "axial", -1, 0, 0, 0, 1, 0)]
    [InlineData("FFP", "axial", 1, 0, 0, 0, -1, 0)]
    [InlineData("FFDR", "axial", 0, 1, 0, 1, 0, 0)]
    [InlineData("FFDL", "axial", 0, -1, 0, -1, 0, 0)]
    [InlineData("HFS", "sagittal", 0, 1, 0, 0, 0, -1)]
    [InlineData("FFS", "sagittal", 0, 1, 0, 0, 0, 1)]
    [InlineData("HFP", "sagittal", 0, -1, 0, 0, 0, -1)]
    [InlineData("HFS", "coronal", 1, 0, 0, 0, 0, -1)]
    [InlineData("FFP", "coronal", -1, 0, 0, 0, 0, 1)]
    [InlineData("HFDR", "oblique", 0.96, 0.28, 0, -0.224, 0.768, -0.6)]
    public async Task A_lesion_on_the_left_is_on_the_left(
        string position, string plane, double ix, double iy, double iz, double jx, double jy, double jz)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        VolumeGeometry grid = LopsidedHead.Grid(new PatientVector(ix, iy, iz), new PatientVector(jx, jy, jz));
        MrSeriesExport export = new()
        {
            Volume = LopsidedHead.On(grid),
            Patient = ExportedStudy.Patient,
            Study = ExportedStudy.Study,
            Series = new ExportSeries { SeriesInstanceUid = "2.25.11", Number = 1, Description = plane, Date = ExportedStudy.Study.Date, PatientPosition = position },
            Equipment = ExportedStudy.Equipment,
            Acquisition = new MrAcquisition(),
            FrameOfReferenceUid = "2.25.12",
            SopInstanceUids = [.. Enumerable.Range(1, grid.Slices).Select(n => string.Create(CultureInfo.InvariantCulture, $"2.25.11.{n}"))],
        };
        ImageSeries written = await export.WriteAsync(folder.Path, cancellation);
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(written.Instances.Select(i => i.Path!).Reverse(), cancellation);

        RasterizedRoi roi = ContourRasterizer.Rasterize(Ball(series.Volume.Geometry), series.Volume.Geometry);

        double true3 = 4.0 / 3 * Math.PI * Math.Pow(LopsidedHead.LesionRadius, 3);
        Assert.Equal(true3, roi.VoxelCount * series.Volume.Geometry.VoxelVolume, 0.15 * true3);
        PatientPoint[] inside = [.. Inside(roi.Mask)];
        Assert.True(new PatientPoint(inside.Average(p => p.X), inside.Average(p => p.Y), inside.Average(p => p.Z)).DistanceTo(LopsidedHead.LesionOnTheLeft) < 1.5);
        Assert.True(Array.TrueForAll(inside, p => series.Volume.Voxels[Index(series.Volume.Geometry, p)] > 300));

        HeadMidline midline = HeadMidline.Of(series.Volume);
        Assert.True(midline.IsReliable, $"symmetry {midline.Symmetry}");
        Assert.Equal(Laterality.Left, MaskLaterality.Of(midline, roi.Mask));
        Assert.Equal(HeadVerdict.Head, HeadAppearance.Of(series.Volume).Verdict);
        Letters(series.Volume.Geometry);
    }

    // On screen, I runs to the right and J down; the letter at the edge nearest to the lesion is its side, where the slice shows sides at all.
    private static void Letters(VolumeGeometry grid)
    {
        VoxelPoint at = grid.ToVoxel(LopsidedHead.LesionOnTheLeft), middle = grid.ToVoxel(grid.Center);
        (double Across, PatientVector Direction)[] axes = [(at.I - middle.I, grid.DirectionI), (at.J - middle.J, grid.DirectionJ)];
        foreach ((double across, PatientVector direction) in axes.Where(a => Math.Abs(a.Direction.X) > 0.7))
        {
            Assert.StartsWith("L", OrientationLetters.Of(across > 0 ? direction : -direction), StringComparison.Ordinal);
            Assert.StartsWith("R", OrientationLetters.Of(across > 0 ? -direction : direction), StringComparison.Ordinal);
        }

        if (axes.All(a => Math.Abs(a.Direction.X) < 0.1))
            Assert.DoesNotContain(axes, a => OrientationLetters.Of(a.Direction).AsSpan().ContainsAny('L', 'R'));
    }

    private static RtRoi Ball(VolumeGeometry grid)
    {
        VoxelPoint at = grid.ToVoxel(LopsidedHead.LesionOnTheLeft);
        List<RtContour> contours = [];
        for (int k = 0; k < grid.Slices; k++)
        {
            double height = (k - at.K) * grid.SpacingK, r2 = LopsidedHead.LesionRadius * LopsidedHead.LesionRadius - height * height;
            if (r2 <= 0)
                continue;
            PatientPoint center = LopsidedHead.LesionOnTheLeft + grid.DirectionK * height;
            contours.Add(new RtContour
            {
                GeometricType = ContourGeometricType.ClosedPlanar,
                Points = [.. Enumerable.Range(0, 72).Select(n => center
                    + grid.DirectionI * (Math.Sqrt(r2) * Math.Cos(n * Math.Tau / 72)) + grid.DirectionJ * (Math.Sqrt(r2) * Math.Sin(n * Math.Tau / 72)))],
            });
        }

        return new RtRoi { Number = 1, Name = "GTV", Contours = contours };
    }

    private static IEnumerable<PatientPoint> Inside(Volume<byte> mask)
    {
        VolumeGeometry g = mask.Geometry;
        for (int n = 0; n < mask.Voxels.Length; n++)
            if (mask.Voxels[n] != 0)
                yield return g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)));
    }

    private static long Index(VolumeGeometry grid, PatientPoint p)
    {
        VoxelPoint v = grid.ToVoxel(p);
        return grid.Offset((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
    }
}
