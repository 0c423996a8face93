using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class VitLesionNetworkTests
{
    private static readonly VitConfiguration Sizes = MadeUpCases.Tiny;

    public VitLesionNetworkTests() => TorchRuntime.Initialize();

    [Theory]
    [InlineData(MaskKernel.Zero)]
    [InlineData(MaskKernel.Small)]
    public void Pre_trained_encoder_sees_the_image_as_before_and_the_mask_little_or_not(MaskKernel kernel)
    {
        manual_seed(1);
        using VisionTransformer pretrained = new(Sizes with { InChannels = 1 });
        using VitLesionNetwork network = new(Sizes, new FinetuningSettings { MaskKernel = kernel }, ClinicalFusionKind.None, []);
        network.Import(pretrained.Export());
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor image = rand([2, 1, 12, 12, 12]), noMask = zeros_like(image), mask = ones_like(image);
        Tensor expected = pretrained.Encode(image), actual = network.Encoder.Encode(cat([image, noMask], 1));
        Assert.True(expected.allclose(actual, 1e-5, 1e-6));
        Tensor masked = network.Encoder.Encode(cat([image, mask], 1));
        double change = (masked - actual).abs().max().item<float>();
        Assert.True(kernel == MaskKernel.Zero ? change < 1e-5 : change > 1e-3, $"{change}");
    }

    [Theory]
    [InlineData(TokenPooling.ClassToken)]
    [InlineData(TokenPooling.Mean)]
    public void Encoder_without_class_token_is_pooled_by_the_mean(TokenPooling pooling)
    {
        VitConfiguration sizes = Sizes with { ClassToken = false };
        using VisionTransformer pretrained = new(sizes with { HeadOutputs = 0 });
        using VitLesionNetwork network = new(sizes, new FinetuningSettings { Pooling = pooling }, ClinicalFusionKind.None, []);
        network.Import(pretrained.Export());
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor input = rand([2, 2, 12, 12, 12]), tokens = pretrained.Encode(input);
        Assert.Equal([2, 27, 24], tokens.shape);
        Assert.True(network.Encoder.Logits(tokens.mean([1])).allclose(network.Logits(input, null), 1e-5, 1e-6));
    }

    [Fact]
    public void Class_token_of_zeros_is_added_to_an_encoder_that_has_none_and_only_where_it_is_asked_for()
    {
        using VisionTransformer pretrained = new(Sizes with { ClassToken = false, HeadOutputs = 0 });
        using VitLesionNetwork network = new(Sizes, new FinetuningSettings { Pooling = TokenPooling.AddedClassToken }, ClinicalFusionKind.None, []);
        network.Import(pretrained.Export());
        Assert.Equal(0, network.Encoder.get_parameter("cls_token")!.abs().max().item<float>());
        using VitLesionNetwork other = new(Sizes, new FinetuningSettings(), ClinicalFusionKind.None, []);
        Assert.Contains("cls_token", Assert.Throws<InvalidDataException>(() => other.Import(pretrained.Export())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoder_of_other_sizes_is_refused()
    {
        using VisionTransformer pretrained = new(Sizes with { InChannels = 1, HiddenSize = 12 });
        using VitLesionNetwork network = new(Sizes, new FinetuningSettings(), ClinicalFusionKind.None, []);
        Assert.Throws<InvalidDataException>(() => network.Import(pretrained.Export()));
    }

    [Fact]
    public void Probe_and_last_blocks_train_what_they_say()
    {
        string[] Trained(TrainedPart part)
        {
            using VitLesionNetwork network = new(Sizes, new FinetuningSettings { Trained = part, TrainedBlocks = 1 }, ClinicalFusionKind.None, []);
            return [.. network.Trained().Select(p => p.Name)];
        }

        Assert.Equal(["encoder.classification_head.bias", "encoder.classification_head.weight"], Trained(TrainedPart.Probe).Order());
        Assert.All(
            Trained(TrainedPart.LastBlocks),
            n => Assert.Matches(@"^encoder\.(blocks\.1\.|norm\.|classification_head\.)", n));
        Assert.Contains("encoder.blocks.1.attn.qkv.weight", Trained(TrainedPart.LastBlocks));
        Assert.Contains("encoder.cls_token", Trained(TrainedPart.Full));
    }

    [Fact]
    public void Rate_falls_layer_by_layer()
    {
        using VitLesionNetwork network = new(Sizes, new FinetuningSettings { LayerDecay = 0.5 }, ClinicalFusionKind.None, []);
        Assert.Equal(1, network.RateFactor("encoder.classification_head.weight"));
        Assert.Equal(0.5, network.RateFactor("encoder.blocks.1.mlp.linear1.weight"));
        Assert.Equal(0.25, network.RateFactor("encoder.blocks.0.norm1.bias"));
        Assert.Equal(0.125, network.RateFactor("encoder.patch_embedding.position_embeddings"));
    }

    [Theory]
    [InlineData(ClinicalFusionKind.CrossAttention)]
    [InlineData(ClinicalFusionKind.Concatenation)]
    public void Fusion_answers_to_image_and_variables(ClinicalFusionKind kind)
    {
        manual_seed(2);
        using VitLesionNetwork network = new(Sizes, new FinetuningSettings(), kind, [2, 3]);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor image = rand([1, 2, 12, 12, 12]), other = rand([1, 2, 12, 12, 12]);
        Tensor measured = tensor(new[] { 0f, 0, 0, 1, 0 }, [1, 5]), missing = tensor(new[] { 0f, 1, 0, 1, 0 }, [1, 5]);
        float z = network.Logits(image, measured).item<float>();
        Assert.NotEqual(z, network.Logits(other, measured).item<float>(), 1e-6f);
        Assert.NotEqual(z, network.Logits(image, missing).item<float>(), 1e-6f);
        Assert.Equal(kind == ClinicalFusionKind.CrossAttention, network.named_parameters().Any(p => p.name.StartsWith("fusion.attention.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Variables_ask_the_image_by_cross_attention()
    {
        manual_seed(3);
        using CrossAttention attention = new(Sizes);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor asking = rand([2, 3, 24]), asked = rand([2, 5, 24]);
        Tensor before = attention.Attend(asking, asked);
        Assert.Equal([2, 3, 24], before.shape);
        // The order of what is asked does not count; what it says does, and only for its own sample.
        Assert.True(before.allclose(attention.Attend(asking, asked.flip(1)), 1e-4, 1e-5));
        Tensor changed = asked.clone();
        changed[1, 2] += 1;
        Tensor after = attention.Attend(asking, changed);
        Assert.True(before[0].allclose(after[0], 1e-5, 1e-6));
        Assert.False(before[1].allclose(after[1], 1e-3, 1e-3));
    }
}
