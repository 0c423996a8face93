using System.IO.Compression;
using DicomRn.Imaging.Anatomy;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nrrd;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Imaging.Tests.Anatomy;

public sealed class HeadTests
{
    private static readonly VolumeGeometry Axial = LopsidedHead.Grid(new PatientVector(1, 0, 0), new PatientVector(0, 1, 0));

    [Fact]
    public async Task A_real_MPRAGE_of_a_head_is_a_head()
    {
        List<DicomDataset> images = [];
        foreach (string path in Directory.GetFiles(TestData.Require("vendor-mr", "philips-mprage"), "*.dcm.gz"))
        {
            await using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
            MemoryStream file = new();
            await packed.CopyToAsync(file, TestContext.Current.CancellationToken);
            file.Position = 0;
            images.Add((await DicomFile.OpenAsync(file)).Dataset);
        }

        Volume<float> image = SeriesVolumeReader.Read(images, TestContext.Current.CancellationToken).Volume;
        Assert.Equal(HeadVerdict.Head, HeadAppearance.Of(image).Verdict);
        HeadMidline midline = HeadMidline.Of(image);
        Assert.True(midline.IsReliable, $"symmetry {midline.Symmetry}");
        Assert.True(midline.Left.X > 0.95);
    }

    [Fact]
    public async Task A_real_enhanced_T1_of_a_head_is_a_head()
    {
        string[] files = Directory.GetFiles(TestData.Require("vendor-mr", "siemens-xa30-enhanced", "In", "5_anat-T1w_acq-tfl"));
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(files, TestContext.Current.CancellationToken);
        Assert.Equal(HeadVerdict.Head, HeadAppearance.Of(series.Volume).Verdict);
        Assert.True(HeadMidline.Of(series.Volume).IsReliable);
    }

    [Fact]
    public async Task A_real_head_with_a_tumour_is_a_head() => Assert.Equal(
        HeadVerdict.Head,
        HeadAppearance.Of(await NrrdFile.ReadAsync(TestData.Require("pyradiomics", "brain1_image.nrrd"), TestContext.Current.CancellationToken)).Verdict);

    [Theory]
    [MemberData(nameof(TestData.SarcomaPatients), MemberType = typeof(TestData))]
    public async Task A_real_limb_is_no_head(string patient)
    {
        string[] files = Directory.GetFiles(TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1", "image"));
        HeadAppearance limb = HeadAppearance.Of((await SeriesVolumeReader.ReadFilesAsync(files, TestContext.Current.CancellationToken)).Volume);
        Assert.True(limb.Verdict == HeadVerdict.Other, $"{limb.Verdict}: {limb.Text}, {limb.SeenRays:0.00} of the rays");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(14, 0)]
    [InlineData(-9, 12)]
    [InlineData(5, -18)]
    public void The_midline_is_found_where_the_head_lies_askew(double x, double yaw)
    {
        HeadMidline midline = HeadMidline.Of(LopsidedHead.On(Axial, new PatientPoint(x, 3, 0), yaw));
        Assert.True(midline.IsReliable);
        double found = Math.Atan2(midline.Left.Y, midline.Left.X) * 180 / Math.PI;
        Assert.Equal(yaw, found, 2.0);
        Assert.Equal(0, midline.ToLeft(new PatientPoint(x, 3, 0)), 1.5);
    }

    [Fact]
    public void What_crosses_the_midline_has_no_side()
    {
        HeadMidline midline = HeadMidline.Of(LopsidedHead.On(Axial));
        Assert.Null(MaskLaterality.Of(midline, Box(-20, 20)));
        Assert.Null(MaskLaterality.Of(midline, Box(-6, 8)));
        Assert.Equal(Laterality.Right, MaskLaterality.Of(midline, Box(-40, -20)));
        Assert.Equal(Laterality.Left, MaskLaterality.Of(midline, Box(12, 30)));
        Assert.Null(MaskLaterality.Of(midline with { Symmetry = 0.3 }, Box(12, 30)));
    }

    [Fact]
    public void Brighter_vessels_and_lesions_are_enhancement_and_noise_is_none()
    {
        Volume<float> before = LopsidedHead.On(Axial), after = LopsidedHead.On(Axial);
        Random random = new(3);
        for (int n = 0; n < before.Voxels.Length; n++)
        {
            after.Voxels[n] = after.Voxels[n] * (n % 40 == 0 ? 1.8f : 1) * 1.3f + (float)random.NextDouble() * 10;
            before.Voxels[n] += (float)random.NextDouble() * 10;
        }

        Volume<float> late = ContrastEnhancement.Prepare(after), early = ContrastEnhancement.Prepare(before);
        Assert.True(ContrastEnhancement.Of(late, early).IsEnhanced(0.005));
        Assert.True(ContrastEnhancement.Of(early, late).IsEnhancedInOther(0.005));
        Assert.False(ContrastEnhancement.Of(early, early).IsEnhanced(0.005));
        Assert.Equal(0, ContrastEnhancement.Of(late, new Volume<float>(late.Geometry)).Voxels);
    }

    private static Volume<byte> Box(double from, double to)
    {
        Volume<byte> mask = new(Axial);
        for (int n = 0; n < mask.Voxels.Length; n++)
        {
            PatientPoint p = Axial.ToPatient(new VoxelPoint(n % Axial.Columns, n / Axial.Columns % Axial.Rows, n / (Axial.Columns * Axial.Rows)));
            if (p.X >= from && p.X <= to && Math.Abs(p.Y) < 15 && Math.Abs(p.Z) < 15)
                mask.Voxels[n] = 1;
        }

        return mask;
    }
}
