using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Tests.Contours;

public sealed class ContourReferencesTests
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(10, 10, 5, 1, PatientPoint.Origin) with { SpacingK = 3 };

    [Fact]
    public void References_that_agree_with_the_coordinates_say_nothing()
    {
        ContourReferences found = ContourReferences.Of(Roi(("1.2.1", null, 0), ("1.2.3", null, 6.9), ("9.9", null, 3)), Images(null));
        Assert.Equal((2, 1, 0, 0), (found.ToSeries, found.Elsewhere, found.None, found.OffImage));
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void References_to_another_slice_are_told_with_the_distance()
    {
        ContourReferences found = ContourReferences.Of(Roi(("1.2.1", null, 6), ("1.2.2", null, 3)), Images(null));
        Assert.Equal(1, found.OffImage);
        Assert.Contains("1 contours name another image than the one they lie on, up to 2.0 slices away", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_an_enhanced_image_are_told_apart()
    {
        ContourReferences found = ContourReferences.Of(Roi(("1.2.0", 2, 3), ("1.2.0", 5, 3)), Images("1.2.0"));
        Assert.Equal((2, 1), (found.ToSeries, found.OffImage));
    }

    private static RtRoi Roi(params (string Uid, int? Frame, double Z)[] contours) => new()
    {
        Number = 1,
        Name = "GTV",
        Contours = [.. contours.Select(c => new RtContour
        {
            GeometricType = ContourGeometricType.ClosedPlanar,
            Points = [new(1, 1, c.Z), new(5, 1, c.Z), new(5, 5, c.Z)],
            ReferencedImages = [new ContourImage(c.Uid, c.Frame is { } frame ? [frame] : [])],
        })],
    };

    private static ImageSeries Images(string? multiFrame) => new()
    {
        Geometry = Grid,
        StudyInstanceUid = "1.1",
        SeriesInstanceUid = "1.2",
        FrameOfReferenceUid = "1.3",
        Instances = [.. Enumerable.Range(0, 5).Select(k => new SourceInstance
        {
            SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
            SopInstanceUid = multiFrame ?? $"1.2.{k + 1}",
            FrameNumber = multiFrame is null ? null : k + 1,
            Position = new PatientPoint(0, 0, 3 * k),
        })],
    };
}
