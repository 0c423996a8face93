using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nrrd;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Tests.Export;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Segmentation;

public sealed class SegmentationObjectTests
{
    [Theory]
    [InlineData("liver.dcm", 1, "liver_seg.nrrd", 1)]
    [InlineData("partial_overlaps.dcm", 1, "partial_overlaps-1.nrrd", 1)]
    [InlineData("partial_overlaps.dcm", 2, "partial_overlaps-2.nrrd", 2)]
    [InlineData("partial_overlaps.dcm", 3, "partial_overlaps-3.nrrd", 3)]
    [InlineData("partial_overlaps.dcm", 5, "partial_overlaps-1.nrrd", 5)]
    [InlineData("sparse-labelmap-noppv.dcm", 1, "sparse_labelmap_noppv_seg.nrrd", 1)]
    [InlineData("sparse-labelmap-ppv5.dcm", 1, "sparse_labelmap_ppv5_seg.nrrd", 1)]
    [InlineData("23x38x3/seg/label.seg", 1, "23x38x3/nrrd/label.nrrd", 1)]
    [InlineData("24x38x3/seg/label.seg", 1, "24x38x3/nrrd/label.nrrd", 1)]
    public async Task A_segment_equals_the_volume_it_was_made_from(string file, int segment, string volume, int label)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string folder = TestData.Require("seg-sr", "dcmqi", "segmentations");
        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(Path.Combine(folder, file), cancellationToken);
        Volume<float> truth = await NrrdFile.ReadAsync(Path.Combine(folder, volume), cancellationToken);
        SegmentMask mask = segmentation.Mask(segment, truth.Geometry);
        Assert.False(mask.Resampled);
        Assert.Equal(truth.Voxels.Select(v => v == label ? (byte)1 : (byte)0), mask.Mask.Voxels);
        Assert.True(mask.VoxelCount > 0);
        Assert.Empty(mask.Warnings);
    }

    [Fact]
    public async Task Half_of_the_fractional_maximum_counts_as_inside()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string folder = TestData.Require("seg-sr", "highdicom");
        SegmentationObject binary = await SegmentationObject.ReadFileAsync(Path.Combine(folder, "seg_image_ct_binary.dcm"), cancellationToken);
        SegmentationObject whole = await SegmentationObject.ReadFileAsync(Path.Combine(folder, "seg_image_ct_binary_fractional.dcm"), cancellationToken);
        SegmentationObject partial = await SegmentationObject.ReadFileAsync(Path.Combine(folder, "seg_image_ct_true_fractional.dcm"), cancellationToken);
        Assert.Equal([SegmentationType.Binary, SegmentationType.Fractional, SegmentationType.Fractional], [binary.Type, whole.Type, partial.Type]);
        SegmentMask expected = binary.MaskOnOwnGrid(1);
        Assert.Equal(638, expected.VoxelCount);
        Assert.Equal(expected.Mask.Voxels, whole.MaskOnOwnGrid(1).Mask.Voxels);
        long half = partial.MaskOnOwnGrid(1).VoxelCount;
        Assert.InRange(half, 1, 660);
    }

    [Fact]
    public async Task Frames_of_one_volume_may_lie_far_apart_and_overlap()
    {
        string file = TestData.Require("seg-sr", "highdicom", "seg_image_ct_binary_overlap.dcm");
        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], segmentation.Segments.Select(s => s.Number));
        Assert.Equal(80, segmentation.MaskOnOwnGrid(1).PixelCount + segmentation.MaskOnOwnGrid(2).PixelCount);
    }

    [Fact]
    public async Task Codes_labels_and_references_are_read()
    {
        string file = TestData.Require("seg-sr", "DicomSeg.dcm");
        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(["Necrosis", "Edema", "Enhancing Lesion"], segmentation.Segments.Select(s => s.Label));
        Assert.NotNull(segmentation.Segments[0].Type);
        SegmentMask mask = segmentation.MaskOnOwnGrid(2);
        Assert.Equal(mask.PixelCount, mask.VoxelCount);
        Assert.Throws<ArgumentException>(() => segmentation.MaskOnOwnGrid(4));
    }

    [Theory]
    [InlineData("highdicom", "seg_image_sm_control.dcm", "no plane in patient space")]
    [InlineData("highdicom", "seg_image_cr_binary.dcm", "no plane in patient space")]
    [InlineData("highdicom", "ct_image.dcm", "is no Segmentation")]
    public async Task A_segmentation_without_a_place_in_the_patient_is_refused(string folder, string file, string reason)
    {
        string path = TestData.Require("seg-sr", folder, file);
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => SegmentationObject.ReadFileAsync(path, TestContext.Current.CancellationToken));
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_exported_is_read_back_with_its_tracking()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        string path = Path.Combine(study.Folder, "seg.dcm");
        await SegmentationExportTests.Export(study).WriteAsync(path, cancellationToken);
        SegmentationObject read = await SegmentationObject.ReadFileAsync(path, cancellationToken);
        Assert.Equal(study.Ring.Voxels, read.Mask(1, study.Image.Geometry).Mask.Voxels);
        Assert.Equal(study.TwoParts.Voxels, read.Mask(2, study.Image.Geometry).Mask.Voxels);
        Assert.Equal(["2.25.2001", "2.25.2002"], read.Segments.Select(s => s.TrackingUid));
        Assert.Equal(new CodedTerm("52988006", "SCT", "Lesion"), read.Segments[0].Type);
        Assert.Equal(["2.25.1002"], read.ReferencedSeriesUids);
        Assert.Equal(6, read.ReferencedSopInstanceUids.Count);
        Assert.Equal("2.25.1003", read.FrameOfReferenceUid);
    }

    [Fact]
    public async Task On_a_reversed_stack_the_frames_find_their_slices()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        SegmentationObject read = SegmentationObject.Read(SegmentationExportTests.Export(study).ToDicomFile().Dataset);
        VolumeGeometry grid = study.Image.Geometry;
        VolumeGeometry reversed = grid with
        {
            Origin = grid.ToPatient(new VoxelPoint(0, 0, grid.Slices - 1)),
            DirectionK = -grid.DirectionK,
        };
        SegmentMask mask = read.Mask(1, reversed);
        Assert.False(mask.Resampled);
        Assert.Equal(study.Ring.Slice(2).ToArray(), mask.Mask.Slice(3).ToArray());
    }

    [Fact]
    public async Task On_another_grid_it_is_resampled_and_says_so()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        SegmentationObject read = SegmentationObject.Read(SegmentationExportTests.Export(study).ToDicomFile().Dataset);
        VolumeGeometry fine = VolumeGeometry.CenteredAt(study.Image.Geometry.Center, 60, 60, 60, 0.5);
        SegmentMask mask = read.Mask(1, fine);
        Assert.True(mask.Resampled);
        Assert.Contains(mask.Warnings, w => w.Contains("another grid", StringComparison.Ordinal));
        double expected = study.Ring.Voxels.Sum(v => v) * study.Image.Geometry.VoxelVolume;
        Assert.Equal(expected, mask.VoxelCount * fine.VoxelVolume, expected * 0.05);
    }

    [Fact]
    public async Task Frames_turned_against_each_other_are_refused()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        DicomDataset dataset = SegmentationExportTests.Export(study).ToDicomFile().Dataset;
        DicomDataset frame = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[3];
        frame.Add(new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset
        {
            { DicomTag.ImageOrientationPatient, "0.99996", "0.009", "0", "-0.0084571", "0.9396550", "0.3420201" },
        }));
        SegmentationObject read = SegmentationObject.Read(dataset);
        Assert.Throws<SeriesGeometryException>(() => read.Mask(1, study.Image.Geometry));
        frame.AddOrUpdate(new DicomSequence(DicomTag.PlaneOrientationSequence, new DicomDataset
        {
            { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "0.9388", "0.3429" },
        }));
        dataset.GetSequence(DicomTag.SharedFunctionalGroupsSequence).Items[0].AddOrUpdate(
            new DicomSequence(DicomTag.PixelMeasuresSequence, new DicomDataset { { DicomTag.PixelSpacing, "90", "90" } }));
        Assert.Throws<SeriesGeometryException>(() => SegmentationObject.Read(dataset).Mask(1, study.Image.Geometry));
    }

    [Fact]
    public async Task Pixels_outside_the_image_are_told()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        SegmentationObject read = SegmentationObject.Read(SegmentationExportTests.Export(study).ToDicomFile().Dataset);
        SegmentMask mask = read.Mask(1, study.Image.Geometry with { Slices = 3 });
        Assert.Equal(study.Ring.Slice(2).ToArray().Sum(v => (long)v), mask.VoxelCount);
        Assert.Contains(mask.Warnings, w => w.Contains("outside the image", StringComparison.Ordinal));
    }
}
