using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Series;

public sealed class EnhancedMrTests
{
    [Fact]
    public void Functional_groups_count_whether_shared_or_per_frame_and_whatever_indexes_the_frames()
    {
        EnhancedFrame[] shuffled = [new(3), new(0), new(4), new(2), new(1)];
        foreach (EnhancedMr style in new[] { EnhancedMr.PerFrame(shuffled), EnhancedMr.Shared(shuffled), EnhancedMr.ByPosition(shuffled) })
        {
            SeriesVolume series = Read(style);
            VolumeGeometry grid = series.Volume.Geometry;
            Assert.Equal((2, 2, 5), (grid.Columns, grid.Rows, grid.Slices));
            Assert.Equal((0.5, 2.0), (grid.SpacingI, grid.SpacingJ));
            Assert.Equal(3, grid.SpacingK, 1e-12);
            Assert.Equal([2f, 5f, 4f, 1f, 3f], Enumerable.Range(0, 5).Select(k => series.Volume[0, 0, k]));
            Assert.Equal([2, 5, 4, 1, 3], series.Series.Instances.Select(i => i.FrameNumber!.Value));
            Assert.Empty(series.Notes);
        }
    }

    [Fact]
    public void Each_frame_has_a_rescale_of_its_own()
    {
        SeriesVolume series = Read(EnhancedMr.PerFrame([.. EnhancedMr.Slices(4).Select((f, n) => f with { Pixel = 100, Slope = 0.5m + n })]));
        Assert.Equal([50f, 150f, 250f, 350f], Enumerable.Range(0, 4).Select(k => series.Volume[1, 1, k]));
    }

    [Fact]
    public void Without_a_rescale_the_linear_real_world_mapping_of_the_frame_counts()
    {
        SeriesVolume series = Read(EnhancedMr.PerFrame([.. EnhancedMr.Slices(3).Select((f, n) => f with { Pixel = 100, RealWorldSlope = 1.5 + n })]));
        Assert.Equal([150f, 250f, 350f], Enumerable.Range(0, 3).Select(k => series.Volume[1, 1, k]));
        SeriesVolume both = Read(EnhancedMr.PerFrame([.. EnhancedMr.Slices(3).Select(f => f with { Pixel = 100, RealWorldSlope = 7, Slope = 2m })]));
        Assert.Equal(200f, both.Volume[0, 0, 0]);
    }

    [Fact]
    public void Magnitude_frames_are_taken_from_among_phase_frames_and_said_so()
    {
        SeriesVolume series = Read(EnhancedMr.PerFrame(EnhancedMr.Slices(
            4, f => f with { Component = "MAGNITUDE" }, f => f with { Component = "PHASE" })));
        Assert.Equal([1f, 3f, 5f, 7f], Enumerable.Range(0, 4).Select(k => series.Volume[0, 0, k]));
        Assert.Contains("image component MAGNITUDE was used", Assert.Single(series.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Magnitude_images_of_a_classic_series_are_taken_by_their_image_type()
    {
        DicomDataset[] phase = TestSeries.Slices(3, d =>
        {
            d.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "PHASE MAP", "P", "FFE");
            d.AddOrUpdate(DicomTag.SOPInstanceUID, d.GetString(DicomTag.SOPInstanceUID) + "9");
        });
        DicomDataset[] magnitude = TestSeries.Slices(3, d =>
        {
            d.AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE");
            TestSeries.SetPixels(d, [7, 7, 7, 7]);
        });
        SeriesVolume series = SeriesVolumeReader.Read([.. phase, .. magnitude]);
        Assert.All(series.Volume.Voxels, v => Assert.Equal(7, v));
    }

    [Fact]
    public void Several_temporal_positions_are_refused_with_their_list_and_read_one_by_one()
    {
        EnhancedMr dynamic = EnhancedMr.PerFrame(EnhancedMr.Slices(5, f => f with { TemporalPosition = 1 }, f => f with { TemporalPosition = 2 }));
        SeriesGeometryException refusal = Refusal(dynamic);
        Assert.Equal(SeriesGeometryReason.SeveralVolumes, refusal.Reason);
        Assert.Contains("1: temporal position 1 (5 slices); 2: temporal position 2 (5 slices)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_echoes_are_refused_also_where_the_image_was_converted_from_single_frames()
    {
        Assert.Contains("echo time 4.92", Refusal(EnhancedMr.PerFrame(
            EnhancedMr.Slices(4, f => f with { EchoTime = 2.46 }, f => f with { EchoTime = 4.92 }))).Message, StringComparison.Ordinal);
        EnhancedMr converted = EnhancedMr.PerFrame(
            EnhancedMr.Slices(4, f => f with { UnassignedEchoTime = 2.46m }, f => f with { UnassignedEchoTime = 4.92m })) with
        { SopClass = DicomUID.LegacyConvertedEnhancedMRImageStorage };
        Assert.Contains("echo time 4.92", Refusal(converted).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dimension_of_the_vendor_tells_frames_of_one_position_apart()
    {
        EnhancedMr image = EnhancedMr.PerFrame(EnhancedMr.Slices(3, f => f with { OtherIndex = 1 }, f => f with { OtherIndex = 2 })) with
        { Dimensions = [DicomTag.StackID, DicomTag.InStackPositionNumber, DicomTag.SubjectRelativePositionInImage] };
        SeriesGeometryException refusal = Refusal(image);
        Assert.Equal(SeriesGeometryReason.SeveralVolumes, refusal.Reason);
    }

    [Fact]
    public void A_volume_beside_a_scout_in_another_stack_is_taken_and_said_so()
    {
        EnhancedFrame[] scout = [.. EnhancedMr.Slices(2).Select(f => f with { StackId = "2", Sagittal = true })];
        SeriesVolume series = Read(EnhancedMr.PerFrame([.. scout, .. EnhancedMr.Slices(4)]));
        Assert.Equal(4, series.Volume.Geometry.Slices);
        Assert.Contains("stack 1 was used", Assert.Single(series.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_stacks_of_their_own_orientation_are_two_volumes()
    {
        EnhancedFrame[] sagittal = [.. EnhancedMr.Slices(4).Select(f => f with { StackId = "2", Sagittal = true })];
        Assert.Equal(SeriesGeometryReason.SeveralVolumes, Refusal(EnhancedMr.PerFrame([.. EnhancedMr.Slices(4), .. sagittal])).Reason);
    }

    [Fact]
    public void Where_a_temporal_position_lacks_a_slice_the_reason_is_the_missing_slice()
    {
        EnhancedFrame[] frames = EnhancedMr.Slices(5, f => f with { TemporalPosition = 1 }, f => f with { TemporalPosition = 2 });
        SeriesGeometryException refusal = Refusal(EnhancedMr.PerFrame([.. frames.Where((_, n) => n != 5)]));
        Assert.Equal(SeriesGeometryReason.UnevenSpacing, refusal.Reason);
        Assert.Contains("temporal position 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_that_change_from_slice_to_slice_split_nothing()
    {
        SeriesVolume series = Read(EnhancedMr.PerFrame([.. EnhancedMr.Slices(4).Select((f, n) => f with { TemporalPosition = (uint)n + 1, EchoTime = 2 + n })]));
        Assert.Equal(4, series.Volume.Geometry.Slices);
        Assert.Empty(series.Notes);
    }

    [Fact]
    public async Task A_stack_is_read_by_its_number()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "dynamic.dcm");
        await new DicomFile(EnhancedMr.PerFrame(EnhancedMr.Slices(3, f => f with { TemporalPosition = 1 }, f => f with { TemporalPosition = 2 })).ToDataset())
            .SaveAsync(path);
        SeriesVolume second = await SeriesVolumeReader.ReadFilesAsync([path], 2, cancellation);
        Assert.Equal([2f, 4f, 6f], Enumerable.Range(0, 3).Select(k => second.Volume[0, 0, k]));
        SeriesGeometryException none = await Assert.ThrowsAsync<SeriesGeometryException>(() => SeriesVolumeReader.ReadFilesAsync([path], 3, cancellation));
        Assert.Equal(SeriesGeometryReason.NoSuchStack, none.Reason);
    }

    [Fact]
    public void Images_sent_twice_under_new_UIDs_are_left_out_only_where_every_pixel_is_equal()
    {
        DicomDataset[] slices = TestSeries.Slices(4), again = TestSeries.Slices(4, d => d.AddOrUpdate(DicomTag.SOPInstanceUID, d.GetString(DicomTag.SOPInstanceUID) + "8"));
        SeriesVolume series = SeriesVolumeReader.Read([.. slices, again[1], again[2]]);
        Assert.Equal(4, series.Volume.Geometry.Slices);
        Assert.Contains("2 of 6 images", Assert.Single(series.Notes), StringComparison.Ordinal);

        TestSeries.SetPixels(again[2], [1, 2, 3, 5]);
        SeriesGeometryException refusal = Assert.Throws<SeriesGeometryException>(() => SeriesVolumeReader.Read([.. slices, again[1], again[2]]));
        Assert.Equal(SeriesGeometryReason.DuplicatePositions, refusal.Reason);
    }

    private static SeriesVolume Read(EnhancedMr image) => SeriesVolumeReader.Read([image.ToDataset()]);

    private static SeriesGeometryException Refusal(EnhancedMr image) => Assert.Throws<SeriesGeometryException>(() => Read(image));
}
