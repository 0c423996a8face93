using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Model;

public sealed class PatchEmbeddingTests
{
    private const int PatchSize = 4;
    private const int Hidden = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tokens_are_a_strided_convolution_and_positions(int channels)
    {
        using PatchEmbedding embedding = Create(channels);
        using var scope = NewDisposeScope();
        Tensor input = randn([3, channels, 12, 12, 12]);
        Assert.True(Convolved(embedding, input).allclose(embedding.call(input), 1e-4, 1e-5));
    }

    [Fact]
    public void Each_image_has_the_tokens_of_the_patches_that_it_is_seen_by()
    {
        using PatchEmbedding embedding = Create(2);
        using var scope = NewDisposeScope();
        Tensor input = randn([2, 2, 12, 12, 12]), all = embedding.call(input);
        long[][] kept = [[26, 0, 13], [5, 5, 7]];
        Tensor seen = embedding.Embed(input, tensor(kept.SelectMany(k => k).ToArray(), [2, 3]));
        Assert.Equal([2L, 3, Hidden], seen.shape);
        for (int image = 0; image < 2; image++)
        {
            for (int n = 0; n < 3; n++)
                Assert.True(all[image][kept[image][n]].allclose(seen[image][n], 1e-4, 1e-5), $"image {image}, patch {kept[image][n]}");
        }
    }

    private static PatchEmbedding Create(int channels)
    {
        TorchRuntime.Initialize();
        random.manual_seed(1);
        return new PatchEmbedding(new VitConfiguration { InChannels = channels, ImageSize = 12, PatchSize = PatchSize, HiddenSize = Hidden, Heads = 2 });
    }

    private static Tensor Convolved(PatchEmbedding embedding, Tensor input)
    {
        Tensor kernels = embedding.get_parameter("patch_embeddings.weight")!, bias = embedding.get_parameter("patch_embeddings.bias")!;
        Tensor tokens = nn.functional.conv3d(input, kernels, bias, strides: [PatchSize, PatchSize, PatchSize]).flatten(2).transpose(1, 2);
        return tokens + embedding.get_parameter("position_embeddings")!;
    }
}
