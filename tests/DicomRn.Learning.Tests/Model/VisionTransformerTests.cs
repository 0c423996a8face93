using DicomRn.Learning.Model;
using TorchSharp;

namespace DicomRn.Learning.Tests.Model;

public sealed class VisionTransformerTests
{
    private static readonly VitConfiguration Tiny = new()
    {
        ImageSize = 16,
        PatchSize = 8,
        HiddenSize = 12,
        MlpSize = 24,
        Layers = 2,
        Heads = 3,
    };

    [Fact]
    public void Small_variant_has_the_parameters_of_MONAIs_ViT()
    {
        using VisionTransformer model = new(VitConfiguration.Small);
        Dictionary<string, long[]> shapes = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.shape);
        Assert.Equal([192, 2, 8, 8, 8], shapes["patch_embedding.patch_embeddings.weight"]);
        Assert.Equal([192], shapes["patch_embedding.patch_embeddings.bias"]);
        Assert.Equal([1, 216, 192], shapes["patch_embedding.position_embeddings"]);
        Assert.Equal([1, 1, 192], shapes["cls_token"]);
        Assert.Equal([576, 192], shapes["blocks.5.attn.qkv.weight"]);
        Assert.DoesNotContain("blocks.5.attn.qkv.bias", shapes.Keys);
        Assert.Equal([192, 192], shapes["blocks.0.attn.out_proj.weight"]);
        Assert.Equal([768, 192], shapes["blocks.0.mlp.linear1.weight"]);
        Assert.Equal([192, 768], shapes["blocks.0.mlp.linear2.weight"]);
        Assert.Equal([192], shapes["blocks.3.norm1.weight"]);
        Assert.Equal([192], shapes["norm.bias"]);
        Assert.Equal([1, 192], shapes["classification_head.weight"]);
        Assert.Equal(2_904_769, shapes.Values.Sum(s => s.Aggregate(1L, (a, b) => a * b)));
    }

    [Fact]
    public void Fused_and_explicit_attention_agree()
    {
        using var scope = torch.NewDisposeScope();
        using VisionTransformer model = new(Tiny);
        using var noGradient = torch.no_grad();
        torch.Tensor input = torch.randn([3, 2, 16, 16, 16]);
        model.eval();
        torch.Tensor fused = model.call(input);
        (torch.Tensor logits, torch.Tensor embedding, IReadOnlyList<torch.Tensor> attention) = model.ForwardWithAttention(input);
        model.train();
        torch.Tensor training = model.call(input);

        Assert.Equal([3], fused.shape);
        Assert.Equal([3, 12], embedding.shape);
        Assert.Equal(2, attention.Count);
        Assert.All(attention, a => Assert.Equal([3, 3, 9, 9], a.shape));
        Assert.True((attention[1].sum(-1) - 1).abs().max().item<float>() < 1e-5);
        Assert.True((fused - logits).abs().max().item<float>() < 1e-5);
        Assert.True((fused - training).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Pooling_by_the_centre_counts_near_patches_most_and_only_those_that_are_seen()
    {
        using var scope = torch.NewDisposeScope();
        using VisionTransformer model = new(Tiny with { ImageSize = 24 });
        using var noGradient = torch.no_grad();
        torch.Tensor input = torch.randn([2, 2, 24, 24, 24]);
        float[] shares = model.PooledShares(TokenPooling.Centre, input)[0].data<float>().ToArray();
        Assert.Equal(28, shares.Length);
        Assert.Equal((0f, 1.0), (shares[0], Math.Round(shares.Sum(), 5)));
        // The middle one, and one beside it across a face: a third of the edge away, which is twice the standard deviation.
        Assert.Equal(shares.Max(), shares[1 + 13]);
        Assert.Equal(Math.Exp(-2), shares[1 + 12] / shares[1 + 13], 1e-5);

        torch.Tensor tokens = model.Encode(input);
        torch.Tensor expected = (tokens * torch.tensor(shares, [1, 28, 1])).sum(1);
        Assert.True(expected.allclose(model.Pool(tokens, TokenPooling.Centre, input), 1e-5, 1e-6));

        torch.Tensor kept = torch.tensor([12L, 13L, 0L, 13L], [2, 2]);
        torch.Tensor seen = model.PoolSeen(model.Encode(input, kept), TokenPooling.Centre, kept), few = model.Encode(input, kept);
        float near = shares[1 + 12] / (shares[1 + 12] + shares[1 + 13]), far = shares[1] / (shares[1] + shares[1 + 13]);
        Assert.True((few[0][1] * near + few[0][2] * (1 - near)).allclose(seen[0], 1e-5, 1e-6));
        Assert.True((few[1][1] * far + few[1][2] * (1 - far)).allclose(seen[1], 1e-5, 1e-6));
    }

    [Fact]
    public void All_patches_kept_is_no_patch_dropped()
    {
        using var scope = torch.NewDisposeScope();
        using VisionTransformer model = new(Tiny);
        using var noGradient = torch.no_grad();
        torch.Tensor input = torch.randn([2, 2, 16, 16, 16]);
        torch.Tensor all = model.call(input), kept = model.Forward(input, [.. Enumerable.Range(0, 8).Select(n => (long)n)]);
        Assert.True((all - kept).abs().max().item<float>() < 1e-6);
        torch.Tensor fewer = model.Forward(input, [0, 3, 5]);
        Assert.True((all - fewer).abs().max().item<float>() > 1e-6);
    }

    [Fact]
    public void Weights_of_another_size_are_refused_by_name()
    {
        using VisionTransformer model = new(Tiny), other = new(Tiny with { MlpSize = 25 });
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => model.Import(other.Export()));
        Assert.Contains("blocks.0.mlp.linear1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_divide_are_refused()
    {
        Assert.Throws<ArgumentException>(() => (Tiny with { PatchSize = 7 }).Validate());
        Assert.Throws<ArgumentException>(() => (Tiny with { Heads = 5 }).Validate());
    }
}
