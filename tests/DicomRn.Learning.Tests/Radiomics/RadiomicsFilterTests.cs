using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Filters;

namespace DicomRn.Learning.Tests.Radiomics;

public sealed class RadiomicsFilterTests
{
    [Fact]
    public void Laplacian_of_a_Gaussian_blob_has_its_analytic_value_in_the_middle()
    {
        const double Blob = 3, Sigma = 2;
        VolumeGeometry grid = VolumeGeometry.Axial(41, 41, 21, 1, PatientPoint.Origin) with { SpacingK = 2 };
        Volume<float> image = new(grid);
        for (int k = 0; k < 21; k++)
            for (int j = 0; j < 41; j++)
                for (int i = 0; i < 41; i++)
                    image[i, j, k] = (float)Math.Exp(-((i - 20) * (i - 20) + (j - 20) * (j - 20) + 4 * (k - 10) * (k - 10)) / (2 * Blob * Blob));

        Volume<float> filtered = LaplacianOfGaussian.Apply(image, Sigma);

        const double Wide = Blob * Blob + Sigma * Sigma;
        double expected = -3 * Sigma * Sigma / Wide * Math.Pow(Blob * Blob / Wide, 1.5);
        Assert.Equal(expected, filtered[20, 20, 10], Math.Abs(expected) * 0.01);
    }

    [Fact]
    public void Coiflet_parts_of_an_image_with_even_sides_have_eight_times_its_energy()
    {
        Gen.Float[-5, 5].Array[6 * 4 * 8].Sample(values =>
        {
            Volume<float> image = new(VolumeGeometry.Axial(6, 4, 8, 1, PatientPoint.Origin), values);
            double energy = CoifletTransform.Apply(image).Sum(p => p.Part.Voxels.Sum(v => (double)v * v));
            double expected = 8 * values.Sum(v => (double)v * v);
            Assert.InRange(energy, expected * (1 - 1e-4) - 1e-6, expected * (1 + 1e-4) + 1e-6);
        }, iter: 30);
    }

    [Fact]
    public void Constant_image_is_all_in_the_coiflets_low_part()
    {
        Volume<float> image = new(VolumeGeometry.Axial(5, 4, 7, 1, PatientPoint.Origin));
        Array.Fill(image.Voxels, 3f);

        foreach ((string name, Volume<float> part) in CoifletTransform.Apply(image))
            Assert.All(part.Voxels, v => Assert.Equal(name == "wavelet-LLL" ? 3 * Math.Pow(2, 1.5) : 0, v, 4));
    }

    [Fact]
    public void Parts_are_named_by_the_filter_along_each_axis()
    {
        Volume<float> image = new(VolumeGeometry.Axial(8, 8, 8, 1, PatientPoint.Origin));
        for (int n = 0; n < image.Voxels.Length; n++)
            image.Voxels[n] = n % 2; // changes along I only

        string[] filled = [.. CoifletTransform.Apply(image).Where(p => p.Part.Voxels.Any(v => Math.Abs(v) > 1e-3)).Select(p => p.Name)];

        Assert.Equal(["wavelet-HLL", "wavelet-LLL"], filled);
    }
}
