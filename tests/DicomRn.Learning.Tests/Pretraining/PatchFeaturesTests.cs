using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class PatchFeaturesTests
{
    private const int Edge = 48;
    private const int PatchSize = 4;
    private const int Patches = 12;
    private const int Channels = PatchFeatures.Count / 2;

    // Far from any border, where no continuation of it reaches.
    private const int Inner = 6 + Patches * (6 + Patches * 6);

    public PatchFeaturesTests() => TorchRuntime.Initialize();

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

    [Fact]
    public void Patches_are_in_the_order_of_the_tokens_and_cubes_do_not_mix()
    {
        using var scope = NewDisposeScope();
        // More cubes than are computed at once.
        Tensor cubes = zeros([20, 1, Edge, Edge, Edge]);
        const int Voxel = 13 + Edge * (22 + Edge * 37);
        cubes.view(20, -1)[17, Voxel].fill_(1);
        Tensor features = PatchFeatures.Of(cubes, PatchSize);
        Assert.Equal([20, Patches * Patches * Patches, PatchFeatures.Count], features.shape);
        Tensor intensity = features.select(2, 0);
        Assert.Equal(1 / 64f, intensity[17, new PatchGrid(Edge, PatchSize).Of(Voxel)].item<float>(), 1e-6f);
        Assert.Equal(1 / 64f, intensity.sum().item<float>(), 1e-5f);
    }

    private static float[][] Of(Func<int, int, int, float> voxel)
    {
        using var scope = NewDisposeScope();
        float[] values = [.. Enumerable.Range(0, Edge * Edge * Edge).Select(n => voxel(n % Edge, n / Edge % Edge, n / (Edge * Edge)))];
        Tensor features = PatchFeatures.Of(tensor(values, [1, 1, Edge, Edge, Edge]), PatchSize);
        return [.. features.data<float>().ToArray().Chunk(PatchFeatures.Count)];
    }
}
