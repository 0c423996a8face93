using System.Text;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Contours;

public sealed class RtStructureSetTests
{
    [Fact]
    public void Coordinates_may_be_padded_signed_or_in_exponent_form()
    {
        RtContour contour = Assert.Single(Read("1.5\\+2\\-3e1\\3.90625e-1\\ 4 \\5.E0 \\0\\0\\-0").Contours);
        Assert.Equal([new(1.5, 2, -30), new(0.390625, 4, 5), new PatientPoint(0, 0, 0)], contour.Points);
        Assert.Equal(ContourGeometricType.ClosedPlanar, contour.GeometricType);
    }

    [Theory]
    [InlineData("1\\2\\3\\4")]
    [InlineData("1\\2\\x")]
    [InlineData("1\\2\\NaN")]
    [InlineData("")]
    public void A_contour_that_is_no_list_of_points_is_counted_and_told(string data)
    {
        RtRoi roi = Read(data);
        Assert.Empty(roi.Contours);
        Assert.Equal(1, roi.UnreadableContours);
        RasterizedRoi mask = ContourRasterizer.Rasterize(roi, VolumeGeometry.Axial(4, 4, 4, 1, PatientPoint.Origin));
        Assert.Equal(1, mask.Unreadable);
        Assert.Contains(mask.Warnings, w => w.Contains("no readable points", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_optional_may_be_absent()
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.RTStructureSetStorage },
            { DicomTag.SOPInstanceUID, "1.2.3" },
            new DicomSequence(DicomTag.StructureSetROISequence, new DicomDataset { { DicomTag.ROINumber, 7 } }),
        };
        RtStructureSet read = RtStructureSet.Read(dataset);
        RtRoi roi = Assert.Single(read.Rois);
        Assert.Equal((7, "", "", ""), (roi.Number, roi.Name, roi.InterpretedType, roi.FrameOfReferenceUid));
        Assert.Null(roi.Color);
        Assert.Empty(roi.Contours);
        Assert.Empty(read.ReferencedSeriesUids);
    }

    [Fact]
    public void Another_object_is_refused() =>
        Assert.Throws<InvalidDataException>(() => RtStructureSet.Read(new DicomDataset { { DicomTag.SOPClassUID, DicomUID.MRImageStorage } }));

    [Fact]
    public async Task Cubes_of_a_phantom_have_the_volume_of_their_contours()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string folder = TestData.Require("rtstruct-phantoms", "simple-phantom");
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(Directory.GetFiles(folder, "CT*.dcm"), cancellationToken);
        RtStructureSet structures = await RtStructureSet.ReadFileAsync(Directory.GetFiles(folder, "RS*.dcm").Single(), cancellationToken);
        Assert.Equal(["External", "Big", "Small", "Circle", "BigH_SmallV", "BigV_SmallH", "Star"], structures.Rois.Select(r => r.Name));
        VolumeGeometry grid = series.Volume.Geometry;
        foreach (RtRoi roi in structures.Rois)
        {
            RasterizedRoi mask = ContourRasterizer.Rasterize(roi, grid);
            double expected = roi.Contours.Sum(c => Area(c, grid)), perimeter = roi.Contours.Sum(c => Perimeter(c, grid));
            Assert.Equal(roi.Contours.Count, mask.UsedContours);
            Assert.True(Math.Abs(mask.VoxelCount - expected) <= perimeter, $"{roi.Name}: {mask.VoxelCount} voxels, area {expected}");
        }
    }

    [Theory]
    [InlineData("invalid_reference_rt.dcm", 4)]
    [InlineData("non_existent_reference_rt.dcm", 4)]
    [InlineData("rt.dcm", 1)]
    public async Task References_to_images_that_are_not_there_do_not_matter(string file, int rois)
    {
        string path = TestData.Require("rtstruct-phantoms", "rt-utils", "mock_data", file);
        RtStructureSet read = await RtStructureSet.ReadFileAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(rois, read.Rois.Count);
        Assert.All(read.Rois, r => Assert.NotEmpty(r.Contours));
    }

    private static RtRoi Read(string contourData)
    {
        DicomDataset contour = new() { { DicomTag.ContourGeometricType, "CLOSED_PLANAR" } };

        // As UN, which is how contours of more than 65,534 bytes arrive.
        contour.NotValidated();
        contour.AddOrUpdate(new DicomUnknown(DicomTag.ContourData, new MemoryByteBuffer(Encoding.ASCII.GetBytes(contourData))));
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.RTStructureSetStorage },
            new DicomSequence(DicomTag.StructureSetROISequence, new DicomDataset { { DicomTag.ROINumber, 1 }, { DicomTag.ROIName, "tv" } }),
            new DicomSequence(DicomTag.ROIContourSequence, new DicomDataset
            {
                { DicomTag.ReferencedROINumber, 1 },
                new DicomSequence(DicomTag.ContourSequence, contour),
            }),
        };
        return RtStructureSet.Read(dataset).Rois.Single();
    }

    // In pixels of the grid.
    private static double Area(RtContour contour, VolumeGeometry grid)
    {
        VoxelPoint[] v = [.. contour.Points.Select(grid.ToVoxel)];
        return Math.Abs(v.Select((a, n) => (a, b: v[(n + 1) % v.Length])).Sum(e => e.a.I * e.b.J - e.b.I * e.a.J)) / 2;
    }

    private static double Perimeter(RtContour contour, VolumeGeometry grid)
    {
        VoxelPoint[] v = [.. contour.Points.Select(grid.ToVoxel)];
        return v.Select((a, n) => (a, b: v[(n + 1) % v.Length])).Sum(e => Math.Abs(e.a.I - e.b.I) + Math.Abs(e.a.J - e.b.J)) / 2;
    }
}
