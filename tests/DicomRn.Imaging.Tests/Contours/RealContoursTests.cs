using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Contours;

/// <summary>Seven real MR series with clinical contours, and the masks that another program (MIRP) made of them.</summary>
public sealed class RealContoursTests
{
    [Theory]
    [InlineData("STS_002", 17090)]
    [InlineData("STS_008", 8862)]
    [InlineData("STS_019", 3856)]
    [InlineData("STS_025", 9655)]
    [InlineData("STS_026", 118353)]
    [InlineData("STS_035", 11450)]
    [InlineData("STS_042", 11175)]
    public async Task The_mask_of_the_contours_equals_the_reference_voxel_for_voxel(string patient, long voxels)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string dicom = TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1");
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(Directory.GetFiles(Path.Combine(dicom, "image")), cancellationToken);
        RtStructureSet structures = await RtStructureSet.ReadFileAsync(Path.Combine(dicom, "mask", "RS.dcm"), cancellationToken);
        RtRoi roi = Assert.Single(structures.Rois);
        Assert.Equal(series.Series.FrameOfReferenceUid, roi.FrameOfReferenceUid);

        RasterizedRoi rasterized = ContourRasterizer.Rasterize(roi, series.Volume.Geometry);
        Volume<byte> truth = await NiftiFile.ReadMaskAsync(
            TestData.Require("mr-rtstruct-sts", "nifti", patient, "MR_T1_mask.nii.gz"), cancellationToken);
        Assert.True(truth.Geometry.Coincides(series.Volume.Geometry, 0.01));
        int different = truth.Voxels.Zip(rasterized.Mask.Voxels).Count(pair => pair.First != pair.Second);
        Assert.Equal(0, different);
        Assert.Equal(voxels, rasterized.VoxelCount);
        Assert.True(rasterized.LargestPlaneOffset < 1e-3);
        Assert.Equal(roi.Contours.Count, rasterized.UsedContours);
    }

    [Theory]
    [MemberData(nameof(TestData.SarcomaPatients), MemberType = typeof(TestData))]
    public async Task The_image_equals_the_reference(string patient)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(
            Directory.GetFiles(TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1", "image")), cancellationToken);
        Volume<float> truth = await NiftiFile.ReadImageAsync(
            TestData.Require("mr-rtstruct-sts", "nifti", patient, "MR_T1_image.nii.gz"), cancellationToken);
        Assert.True(truth.Geometry.Coincides(series.Volume.Geometry, 0.01));
        float worst = truth.Voxels.Zip(series.Volume.Voxels).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(worst <= truth.Voxels.Max() * 1e-3f, $"largest difference {worst}");
    }
}
