using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Preprocessing;

public sealed class LesionPreprocessorTests
{
    private static readonly PreprocessingSettings Settings = new();

    [Fact]
    public void Crop_is_centred_on_the_lesion_and_keeps_patient_positions_of_an_oblique_stack()
    {
        PatientPoint centre = new(20, -35, 12);
        VolumeGeometry oblique = ScannerStyle.WholeHead(centre, 1.3, 2.1, 20, -12);
        Volume<float> image = new(oblique);
        Volume<byte> mask = new(oblique);
        VoxelPoint at = new(70, 90, 40);
        PatientPoint bright = oblique.ToPatient(at);
        image[70, 90, 40] = 100;
        for (int k = 38; k <= 42; k++)
        {
            for (int j = 86; j <= 94; j++)
            {
                for (int i = 66; i <= 74; i++)
                    mask[i, j, k] = 255;
            }
        }

        LesionCrop crop = LesionPreprocessor.Prepare(image, mask, new IntensityNormalization(50), Settings);
        Assert.Equal((48, 48, 48), (crop.Grid.Columns, crop.Grid.Rows, crop.Grid.Slices));
        Assert.True(crop.Grid.ToPatient(new VoxelPoint(23.5, 23.5, 23.5)).DistanceTo(bright) < 1e-6);
        int brightest = Array.IndexOf(crop.Image, crop.Image.Max());
        PatientPoint found = crop.Grid.ToPatient(new VoxelPoint(brightest % 48, brightest / 48 % 48, brightest / (48 * 48)));
        Assert.True(found.DistanceTo(bright) < 1);
        Assert.Equal(1, crop.Covered);
        Assert.Equal(9 * 9 * 5 * 1.3 * 1.3 * 2.1, crop.VolumeMm3, 6);
        Assert.Equal(crop.VolumeMm3, crop.Mask.Sum(v => v), 0.05 * crop.VolumeMm3);
        Assert.All(crop.Mask, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void Lesion_beyond_the_crop_is_covered_in_part()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(50, 50, 50, 2, PatientPoint.Origin);
        Volume<byte> mask = new(grid);
        Array.Fill(mask.Voxels, (byte)1);
        LesionCrop crop = LesionPreprocessor.Prepare(new Volume<float>(grid), mask, new IntensityNormalization(50), Settings);
        Assert.Equal(48.0 * 48 * 48 / (100.0 * 100 * 100), crop.Covered, 0.02);
    }

    [Theory]
    [InlineData(PhantomCentre.First)]
    [InlineData(PhantomCentre.Second)]
    public void Training_window_and_whole_head_give_the_same_input(PhantomCentre centre)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        PhantomOptions options = new() { Seed = 33, Centre = centre, LesionCount = 1 };
        PhantomHead head = PhantomHead.Generate(options, cancel);
        LesionCrop whole = LesionPreprocessor.Prepare(head.T1ce, head.Lesions[0].Mask, Settings)!;
        LesionCrop window = PhantomSamples.Crop(new PhantomScene(options), Settings, cancel);
        Assert.True(whole.Grid.Coincides(window.Grid, 1e-6));
        Assert.Equal(whole.Mask, window.Mask);
        // The noise of the two differs; what it averages to does not.
        Assert.Equal(whole.Image.Average(), window.Image.Average(), 0.1);
        Assert.True(Correlation(whole.Image, window.Image) > 0.95);
    }

    [Fact]
    public void Gain_of_the_scanner_does_not_matter()
    {
        PhantomHead head = PhantomHead.Generate(
            new PhantomOptions { Seed = 8, Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(8), 2, 2, 0, 0) },
            TestContext.Current.CancellationToken);
        Volume<float> louder = new(head.T1ce.Geometry, [.. head.T1ce.Voxels.Select(v => 8 * v)]);
        LesionCrop a = LesionPreprocessor.Prepare(head.T1ce, head.Lesions[0].Mask, Settings)!;
        LesionCrop b = LesionPreprocessor.Prepare(louder, head.Lesions[0].Mask, Settings)!;
        Assert.All(a.Image.Zip(b.Image), p => Assert.Equal(p.First, p.Second, 1e-3f));
    }

    [Fact]
    public void Image_without_a_brain_is_not_prepared()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(40, 40, 40, 4, PatientPoint.Origin);
        Volume<byte> mask = new(grid);
        mask[20, 20, 20] = 1;
        Assert.Null(LesionPreprocessor.Prepare(new Volume<float>(grid), mask, Settings));
    }

    [Fact]
    public void Empty_mask_is_refused()
    {
        VolumeGeometry grid = VolumeGeometry.Axial(4, 4, 4, 4, PatientPoint.Origin);
        Assert.Throws<ArgumentException>(() =>
            LesionPreprocessor.Prepare(new Volume<float>(grid), new Volume<byte>(grid), new IntensityNormalization(50), Settings));
    }

    private static double Correlation(float[] a, float[] b)
    {
        double ma = a.Average(), mb = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int n = 0; n < a.Length; n++)
        {
            ab += (a[n] - ma) * (b[n] - mb);
            aa += (a[n] - ma) * (a[n] - ma);
            bb += (b[n] - mb) * (b[n] - mb);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
