using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class PatchFeaturesTests
{
    private const int Intensity = 0;
    private const int FineGradient = 1;
    private const int CoarseGradient = 2;
    private const int IntensitySpread = 3;
    private const int FineBand = 4;
    private const int CoarseBand = 5;
    private const int FineGradientSpread = 6;
    private const int CoarseGradientSpread = 7;

    [Fact]
    public void An_even_patch_has_its_intensity_and_nothing_else()
    {
        float[] features = Of(8, (_, _, _) => 0.7f);
        Assert.Equal(PatchFeatures.Count, features.Length);
        Assert.Equal(0.7f, features[Intensity], 1e-5f);
        Assert.All(features.Skip(1), v => Assert.InRange(v, 0, 1e-3f));
    }

    [Fact]
    public void A_ramp_has_its_slope_and_no_bands()
    {
        // Wide enough that what goes on beyond the border is a small part.
        const int Size = 64;
        float[] features = Of(Size, (x, y, _) => 0.2f * x - 0.1f * y);
        float slope = 0.1f * MathF.Sqrt(5);
        Assert.Equal(0.1f * (Size - 1) / 2, features[Intensity], 1e-3f);
        Assert.Equal(slope, features[FineGradient], 0.03f * slope);
        Assert.Equal(slope, features[CoarseGradient], 0.05f * slope);
        // Voxels in a row spread by sqrt((n² - 1) / 12) of their distance.
        Assert.Equal(slope * MathF.Sqrt((Size * Size - 1) / 12f), features[IntensitySpread], 1e-3f);
        Assert.All(new[] { FineBand, CoarseBand, FineGradientSpread, CoarseGradientSpread }, n => Assert.InRange(features[n], 0, 0.2f * slope));
    }

    [Fact]
    public void Coarse_waves_are_in_the_coarser_band_and_fine_ones_in_the_fine_one()
    {
        float[] fine = Of(16, (x, _, _) => x % 2), coarse = Of(16, (x, _, _) => MathF.Sin(x * MathF.Tau / 8));
        Assert.True(fine[FineBand] > 10 * fine[CoarseBand], string.Join(' ', fine));
        Assert.True(coarse[CoarseBand] > 1.3 * coarse[FineBand], string.Join(' ', coarse));
        Assert.True(coarse[FineGradient] > coarse[CoarseGradient], string.Join(' ', coarse));
    }

    [Fact]
    public void A_blur_is_the_convolution_with_a_Gaussian()
    {
        // A single bright voxel: the finest band is it minus the Gaussian of one voxel, and its mean square follows from the kernel.
        const int Size = 9, At = 4;
        float[] features = Of(Size, (x, y, z) => x == At && y == At && z == At ? 1 : 0);
        double[] kernel = [.. Enumerable.Range(-3, 7).Select(d => Math.Exp(-d * d / 2.0))];
        double sum = kernel.Sum(), squares = 0;
        foreach (double i in kernel)
        {
            foreach (double j in kernel)
                squares += kernel.Sum(k => Math.Pow(i * j * k / (sum * sum * sum), 2));
        }

        double middle = 1 / (sum * sum * sum);
        squares += (1 - middle) * (1 - middle) - middle * middle;
        Assert.Equal(Math.Sqrt(squares / (Size * Size * Size)), features[FineBand], 1e-5);
    }

    [Fact]
    public void A_blur_keeps_what_is_beyond_the_border_as_it_is_there()
    {
        // A bright plane at the border: voxels get what the kernel has there and beyond.
        float[] step = new float[8 * 8 * 8], blurred = new float[step.Length];
        for (int n = 0; n < step.Length; n++)
            step[n] = n % 8 == 0 ? 1 : 0;
        new GaussianCubeBlur(8, 1).Apply(step, blurred);
        double[] kernel = [.. Enumerable.Range(-3, 7).Select(d => Math.Exp(-d * d / 2.0))];
        for (int x = 0; x < 8; x++)
            Assert.Equal(kernel.Where((_, k) => x + k - 3 <= 0).Sum() / kernel.Sum(), blurred[x], 1e-6);
        Assert.All(blurred.Chunk(8), row => Assert.All(row.Zip(blurred), p => Assert.Equal(p.First, p.Second, 1e-6f)));
    }

    [Fact]
    public void A_blur_is_the_same_along_every_axis()
    {
        float[] cube = [.. Enumerable.Range(0, 5 * 5 * 5).Select(n => MathF.Sin(n * n))];
        GaussianCubeBlur blur = new(5, 2);
        float[] expected = new float[cube.Length], turned = new float[cube.Length];
        blur.Apply(cube, expected);
        blur.Apply(Turned(cube), turned);
        Assert.All(Turned(expected).Zip(turned), p => Assert.Equal(p.First, p.Second, 1e-6f));

        static float[] Turned(float[] from) => [.. Enumerable.Range(0, from.Length).Select(n => from[n / 25 + 5 * (n % 25)])];
    }

    [Theory]
    [InlineData(48, 8)]
    [InlineData(20, 5)]
    public void Patches_are_in_the_order_of_the_tokens_and_nothing_stays_from_the_patch_before(int edge, int patchSize)
    {
        PatchFeatures features = new(edge, patchSize);
        PatchGrid grid = new(edge, patchSize);
        float[] cube = new float[edge * edge * edge];
        int voxel = 13 + edge * (18 + edge * 7);
        cube[voxel] = 1;
        for (int patch = 0; patch < grid.Count; patch++)
        {
            float[] measured = new float[PatchFeatures.Count];
            features.Write(cube, patch, measured);
            Assert.Equal(patch == grid.Of(voxel) ? 1f / (patchSize * patchSize * patchSize) : 0, measured[Intensity], 1e-6f);
            Assert.Equal(patch == grid.Of(voxel), measured[FineBand] > 1e-3f);
        }
    }

    [Fact]
    public void Other_patches_change_nothing()
    {
        float[] cube = [.. Enumerable.Range(0, 16 * 16 * 16).Select(n => MathF.Sin(n * n))];
        PatchFeatures features = new(16, 8);
        float[] before = new float[PatchFeatures.Count], after = new float[PatchFeatures.Count];
        features.Write(cube, 0, before);
        for (int n = 0; n < cube.Length; n++)
            cube[n] *= new PatchGrid(16, 8).Of(n) == 0 ? 1 : 3;
        features.Write(cube, 0, after);
        Assert.Equal(before, after);
    }

    private static float[] Of(int size, Func<int, int, int, float> voxel)
    {
        float[] values = [.. Enumerable.Range(0, size * size * size).Select(n => voxel(n % size, n / size % size, n / (size * size)))];
        float[] measured = new float[PatchFeatures.Count];
        new PatchFeatures(size, size).Write(values, 0, measured);
        return measured;
    }
}
