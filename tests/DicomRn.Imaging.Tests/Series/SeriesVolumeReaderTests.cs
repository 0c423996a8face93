using System.IO.Compression;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Series;

public sealed class SeriesVolumeReaderTests
{
    [Theory]
    [InlineData("gantrytilting/001", SeriesGeometryReason.GantryTilt, "14°")]
    [InlineData("notavolume/001", SeriesGeometryReason.DuplicatePositions, "3 of 4 slices")]
    [InlineData("slicecount/001", SeriesGeometryReason.TooFewSlices, "2 slices")]
    [InlineData("sliceincrement/001", SeriesGeometryReason.UnevenSpacing, "5 mm apart, but 10 mm")]
    [InlineData("sliceincrement/002", SeriesGeometryReason.UnevenSpacing, "after slice 3 of 4")]
    [InlineData("sliceorientation/001", SeriesGeometryReason.MixedOrientation, "different orientation")]
    public async Task A_series_that_is_no_volume_is_refused_with_the_numbers(string folder, SeriesGeometryReason reason, string number)
    {
        string[] files = Directory.GetFiles(TestData.Require(["geometry-to-reject", .. folder.Split('/')]));
        SeriesGeometryException refusal = await Assert.ThrowsAsync<SeriesGeometryException>(
            () => SeriesVolumeReader.ReadFilesAsync(files, TestContext.Current.CancellationToken));
        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(number, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ge/anatomical/001")]
    [InlineData("ge/anatomical/001_implicit")]
    [InlineData("siemens/anatomical/001")]
    [InlineData("siemens/anatomical/001_implicit")]
    public async Task A_sagittal_series_of_a_vendor_becomes_a_volume_with_its_slices_along_the_normal(string folder)
    {
        string[] files = Directory.GetFiles(TestData.Require(["vendor-mr", "dicom2nifti", .. folder.Split('/')]));
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(files.Reverse(), TestContext.Current.CancellationToken);
        VolumeGeometry grid = series.Volume.Geometry;
        Assert.Equal((256, 256, 4), (grid.Columns, grid.Rows, grid.Slices));
        Assert.Equal(1, grid.SpacingK, 1e-3);
        Assert.Equal(1, grid.DirectionK.Dot(grid.Normal), 1e-4);
        for (int k = 0; k < 4; k++)
            Assert.True(grid.ToPatient(new VoxelPoint(0, 0, k)).DistanceTo(series.Series.Instances[k].Position) < 1e-3);
        Assert.True(series.Volume.Voxels.Max() > 100);
    }

    [Fact]
    public async Task An_oblique_MPRAGE_of_170_slices_is_read_with_its_rescale_slope()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        List<DicomDataset> images = [];
        foreach (string path in Directory.GetFiles(TestData.Require("vendor-mr", "philips-mprage"), "*.dcm.gz"))
        {
            await using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
            MemoryStream file = new();
            await packed.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            images.Add((await DicomFile.OpenAsync(file)).Dataset);
        }

        SeriesVolume series = SeriesVolumeReader.Read(images, cancellationToken);
        VolumeGeometry grid = series.Volume.Geometry;
        Assert.Equal((256, 256, 170), (grid.Columns, grid.Rows, grid.Slices));
        Assert.Equal(1, grid.SpacingK, 1e-5);
        Assert.All(series.Series.Instances.Select((instance, k) => grid.ToPatient(new VoxelPoint(0, 0, k)).DistanceTo(instance.Position)),
            distance => Assert.True(distance < 1e-3));
        float smallest = series.Volume.Voxels.Where(v => v > 0).Min();
        double steps = smallest / 2.36166056166056;
        Assert.Equal(Math.Round(steps), steps, 1e-4);
    }

    [Fact]
    public async Task The_frames_of_an_enhanced_MR_equal_the_reference_volume()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string folder = TestData.Require("vendor-mr", "siemens-xa30-enhanced");
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(
            Directory.GetFiles(Path.Combine(folder, "In", "5_anat-T1w_acq-tfl")), cancellationToken);
        Volume<float> truth = await NiftiFile.ReadImageAsync(Path.Combine(folder, "Ref", "5_anat-T1w_acq-tfl.nii"), cancellationToken);
        Assert.Equal(96, series.Volume.Geometry.Slices);
        Assert.Equal(Enumerable.Range(1, 96), series.Series.Instances.Select(i => i.FrameNumber!.Value).Order());

        // The reference stores its axes in another order and direction: compare voxel by voxel in patient space.
        long different = 0;
        for (int n = 0; n < truth.Voxels.Length; n++)
        {
            VolumeGeometry g = truth.Geometry;
            PatientPoint p = g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)));
            VoxelPoint v = series.Volume.Geometry.ToVoxel(p);
            (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
            if (Math.Abs(v.I - i) + Math.Abs(v.J - j) + Math.Abs(v.K - k) > 0.01 || truth.Voxels[n] != series.Volume[i, j, k])
                different++;
        }

        Assert.Equal(0, different);
        Assert.Equal(truth.Voxels.Length, series.Volume.Voxels.Length);
    }

    [Fact]
    public void Rescale_sign_and_bits_above_the_high_bit_are_honoured()
    {
        SeriesVolume series = SeriesVolumeReader.Read(TestSeries.Slices(3, dataset =>
        {
            dataset.AddOrUpdate(DicomTag.BitsStored, (ushort)12);
            dataset.AddOrUpdate(DicomTag.HighBit, (ushort)11);
            dataset.AddOrUpdate(DicomTag.PixelRepresentation, (ushort)1);
            dataset.AddOrUpdate(DicomTag.RescaleSlope, 2.5m);
            dataset.AddOrUpdate(DicomTag.RescaleIntercept, -10m);
            TestSeries.SetPixels(dataset, [0x0FFF, 0x8001, 0x0800, 0x07FF]);
        }));
        Assert.Equal([-12.5f, -7.5f, -5130f, 5107.5f], series.Volume.Slice(0).ToArray());
    }

    [Fact]
    public void Pixels_of_unequal_spacing_keep_rows_and_columns_apart()
    {
        SeriesVolume series = SeriesVolumeReader.Read(TestSeries.Slices(3, dataset =>
            dataset.AddOrUpdate(DicomTag.PixelSpacing, 2m, 0.5m)));
        Assert.Equal(0.5, series.Volume.Geometry.SpacingI);
        Assert.Equal(2, series.Volume.Geometry.SpacingJ);
        Assert.Equal(3, series.Volume.Geometry.SpacingK, 1e-12);
    }

    [Fact]
    public void Slices_are_ordered_by_position_whatever_their_numbers_say()
    {
        DicomDataset[] slices = TestSeries.Slices(5);
        SeriesVolume series = SeriesVolumeReader.Read([slices[3], slices[0], slices[4], slices[2], slices[1]]);
        Assert.Equal(slices.Select(s => s.GetString(DicomTag.SOPInstanceUID)), series.Series.Instances.Select(i => i.SopInstanceUid));
        Assert.Same(slices[0], series.FirstDataset);
    }

    [Theory]
    [InlineData("position", SeriesGeometryReason.MissingAttributes)]
    [InlineData("series", SeriesGeometryReason.SeveralSeries)]
    [InlineData("frame", SeriesGeometryReason.SeveralSeries)]
    [InlineData("size", SeriesGeometryReason.MixedSize)]
    [InlineData("spacing", SeriesGeometryReason.MixedSize)]
    [InlineData("skewed", SeriesGeometryReason.MixedOrientation)]
    [InlineData("shifted", SeriesGeometryReason.GantryTilt)]
    [InlineData("pixels", SeriesGeometryReason.UnreadablePixels)]
    [InlineData("short", SeriesGeometryReason.UnreadablePixels)]
    [InlineData("colour", SeriesGeometryReason.UnreadablePixels)]
    public void One_odd_image_is_named_as_the_reason(string oddity, SeriesGeometryReason reason)
    {
        DicomDataset[] slices = TestSeries.Slices(5);
        DicomDataset odd = slices[2];
        switch (oddity)
        {
            case "position":
                odd.Remove(DicomTag.ImagePositionPatient);
                break;
            case "series":
                odd.AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.9");
                break;
            case "frame":
                odd.AddOrUpdate(DicomTag.FrameOfReferenceUID, "1.2.9");
                break;
            case "size":
                odd.AddOrUpdate(DicomTag.Rows, (ushort)3);
                break;
            case "spacing":
                odd.AddOrUpdate(DicomTag.PixelSpacing, 1m, 1.01m);
                break;
            case "skewed":
                odd.AddOrUpdate(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0m, 0.999m, 0.0447m);
                break;
            case "shifted":
                odd.AddOrUpdate(DicomTag.ImagePositionPatient, -9m, -10m, 6m);
                break;
            case "pixels":
                odd.Remove(DicomTag.PixelData);
                break;
            case "short":
                TestSeries.SetPixels(odd, [1, 2, 3]);
                break;
            case "colour":
                odd.AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)3);
                break;
        }

        Assert.Equal(reason, Refusal(slices).Reason);
    }

    [Fact]
    public void No_images_and_directions_that_are_not_unit_vectors_are_refused()
    {
        Assert.Equal(SeriesGeometryReason.NoImages, Refusal([]).Reason);
        Assert.Equal(SeriesGeometryReason.InvalidOrientation, Refusal(TestSeries.Slices(3, dataset =>
            dataset.AddOrUpdate(DicomTag.ImageOrientationPatient, 1m, 0m, 0m, 0.1m, 0.9m, 0m))).Reason);
    }

    private static SeriesGeometryException Refusal(DicomDataset[] slices) =>
        Assert.Throws<SeriesGeometryException>(() => SeriesVolumeReader.Read(slices));
}
