using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class PatchFeaturesTests
{
    private const int Edge = 48;
    private const int PatchSize = 4;
    private const int Patches = 12;
    private const int Channels = PatchFeatures.Count / 2;

    // Far from any border, where no continuation of it reaches.
    private const int Inner = 6 + Patches * (6 + Patches * 6);

    [Fact]
    public void An_even_cube_has_its_intensity_and_nothing_else()
    {
        float[][] features = Of((_, _, _) => 0.7f);
        Assert.Equal(Patches * Patches * Patches, features.Length);
        Assert.All(features, f =>
        {
            Assert.Equal(0.7f, f[0], 1e-5f);
            Assert.All(f.Skip(1), v => Assert.InRange(v, -1e-3f, 1e-3f));
        });
    }

    [Fact]
    public void A_ramp_has_its_slope_and_no_bands()
    {
        float[] inner = Of((x, y, z) => 2 * x - y)[Inner];
        float slope = MathF.Sqrt(5);
        Assert.Equal(2 * 25.5f - 25.5f, inner[0], 1e-3f);
        Assert.All(inner[1..4], v => Assert.Equal(0, v, 1e-3f));
        Assert.Equal([slope, slope], inner[4..6], (a, b) => Math.Abs(a - b) < 1e-3);
        // Four voxels in a row spread by sqrt(1.25) of their distance.
        Assert.Equal(slope * MathF.Sqrt(1.25f), inner[Channels], 1e-3f);
        Assert.All(inner[(Channels + 1)..], v => Assert.InRange(v, 0, 2e-2f));
    }

    [Fact]
    public void Coarse_waves_are_in_coarser_bands_than_fine_ones()
    {
        float[] fine = Of((x, _, _) => x % 2)[Inner], coarse = Of((x, _, _) => MathF.Sin(x * MathF.Tau / 16))[Inner];
        Assert.True(fine[Channels + 1] > 10 * fine[Channels + 2], string.Join(' ', fine));
        Assert.True(coarse[Channels + 3] > 2 * coarse[Channels + 1], string.Join(' ', coarse));
    }

    [Fact]
    public void A_blur_is_the_convolution_with_a_Gaussian()
    {
        // A single bright voxel: the finest band is it minus the Gaussian of one voxel, and its mean square follows from the kernel.
        const int At = 25;
        float[] inner = Of((x, y, z) => x == At && y == At && z == At ? 1 : 0)[Inner];
        double[] kernel = [.. Enumerable.Range(-3, 7).Select(d => Math.Exp(-d * d / 2.0))];
        double sum = kernel.Sum();
        double mean = 0, squares = 0;
        for (int z = 24; z < 28; z++)
        {
            for (int y = 24; y < 28; y++)
            {
                for (int x = 24; x < 28; x++)
                {
                    double blurred = kernel[x - At + 3] * kernel[y - At + 3] * kernel[z - At + 3] / (sum * sum * sum);
                    double band = (x == At && y == At && z == At ? 1 : 0) - blurred;
                    mean += band / 64;
                    squares += band * band / 64;
                }
            }
        }

        Assert.Equal(mean, inner[1], 1e-5);
        Assert.Equal(Math.Sqrt(squares - mean * mean), inner[Channels + 1], 1e-5);
    }

    [Theory]
    [InlineData(48, 4)]
    [InlineData(20, 5)]
    public void Patches_are_in_the_order_of_the_tokens_and_nothing_stays_from_the_cube_before(int edge, int patchSize)
    {
        PatchFeatures features = new(edge, patchSize);
        PatchGrid grid = new(edge, patchSize);
        float[] cube = new float[edge * edge * edge], measured = new float[features.Patches * PatchFeatures.Count];
        Array.Fill(cube, 5);
        features.Write(cube, measured);
        Array.Clear(cube);
        int voxel = 13 + edge * (18 + edge * 7);
        cube[voxel] = 1;
        features.Write(cube, measured);
        float[] intensities = [.. measured.Where((_, n) => n % PatchFeatures.Count == 0)];
        float expected = 1f / (patchSize * patchSize * patchSize);
        Assert.Equal(expected, intensities[grid.Of(voxel)], 1e-6f);
        Assert.Equal(expected, intensities.Sum(), 1e-6f);
    }

    [Fact]
    public void Borders_go_on_as_they_are()
    {
        // A step along each axis in turn; the border planes are even, so nothing of a band or gradient is there.
        foreach (Func<int, int, int, float> step in new Func<int, int, int, float>[] { (x, _, _) => x / 24, (_, y, _) => y / 24, (_, _, z) => z / 24 })
        {
            float[][] features = Of(step);
            Assert.All(features[0][1..Channels], v => Assert.Equal(0, v, 1e-4f));
            Assert.All(features[^1][1..Channels], v => Assert.Equal(0, v, 1e-4f));
            Assert.Equal((0, 1), (features[0][0], features[^1][0]));
        }
    }

    private static float[][] Of(Func<int, int, int, float> voxel)
    {
        float[] values = [.. Enumerable.Range(0, Edge * Edge * Edge).Select(n => voxel(n % Edge, n / Edge % Edge, n / (Edge * Edge)))];
        PatchFeatures features = new(Edge, PatchSize);
        float[] measured = new float[features.Patches * PatchFeatures.Count];
        features.Write(values, measured);
        return [.. measured.Chunk(PatchFeatures.Count)];
    }
}
