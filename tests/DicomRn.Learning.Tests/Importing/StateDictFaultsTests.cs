using DicomRn.Learning.Importing;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Importing;

public sealed class StateDictFaultsTests : IDisposable
{
    private static readonly StateDictOptions WithHead = new() { Heads = 3, WithHead = true };
    private readonly TemporaryFolder _folder = new();
    private readonly StateDictFile _vit = StateDictFile.Vit();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_file_of_another_writer_has_none() => Assert.Equal(2, Read(WithHead).Configuration.Layers);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        _vit.Tensors.Remove("blocks.1.norm2.weight");
        _vit.Tensors.Remove("norm.bias");
        _vit.Add("blocks.0.attn.out_proj.weight", 12, 13);
        _vit.Add("cls_token", 1, 12);
        _vit.Add("blocks.0.attn.rel_positional_embedding.h", 3, 4);
        _vit.Retype("blocks.0.norm1.bias", "I64", 8);
        StateDictException e = Assert.Throws<StateDictException>(() => Read(new StateDictOptions { Heads = 5, WithHead = true }));
        Assert.Equal(
            [
                "5 heads do not divide the hidden size 12",
                "missing: blocks.1.norm2.weight, norm.bias",
                "unexpected: blocks.0.attn.rel_positional_embedding.h",
                "blocks.0.attn.out_proj.weight has shape [12, 13] instead of [12, 12]",
                "cls_token has shape [1, 12] instead of [1, 1, 12]",
                "of type I64 (F32, F16, BF16 and F64 can be read): blocks.0.norm1.bias",
            ],
            e.Faults);
        Assert.StartsWith(_folder["vit.safetensors"] + ": ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Heads_that_cannot_be_guessed_are_asked_for() =>
        AssertFault("the number of heads is not in the file, and 64 does not divide the hidden size 12: state the heads", WithHead with { Heads = null });

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Other_channels_than_image_and_mask_are_refused(int channels)
    {
        _vit.Add("patch_embedding.patch_embeddings.weight", 12, channels, 8, 8, 8);
        AssertFault($"patch_embedding.patch_embeddings.weight has shape [12, {channels}, 8, 8, 8] instead of [hidden, channels, patch, patch, patch] with 1 channel (T1CE) or 2 (T1CE, mask)");
    }

    [Fact]
    public void Patches_that_are_not_cubes_are_refused()
    {
        _vit.Add("patch_embedding.patch_embeddings.weight", 12, 1, 8, 8, 4);
        AssertFault("instead of [hidden, channels, patch, patch, patch]");
    }

    [Fact]
    public void Volumes_that_are_not_cubes_are_refused()
    {
        _vit.Add("patch_embedding.position_embeddings", 1, 12, 12);
        AssertFault("patch_embedding.position_embeddings has shape [1, 12, 12] instead of [1, patches, hidden] with as many patches as a cube has");
    }

    [Fact]
    public void A_perceptron_of_no_cube_is_refused()
    {
        _vit.Tensors.Remove("patch_embedding.patch_embeddings.weight");
        _vit.Tensors.Remove("patch_embedding.patch_embeddings.bias");
        _vit.AddPair("patch_embedding.patch_embeddings.1", 12, 700);
        AssertFault("patch_embedding.patch_embeddings.1.weight has shape [12, 700] instead of [hidden, patch³ × channels]");
    }

    [Fact]
    public void A_head_of_many_classes_is_no_classifier_of_two_but_may_be_left_behind()
    {
        _vit.AddPair("classification_head", 5, 12);
        AssertFault("the head has 5 outputs; one (progression) or two (necrosis, progression) can be used");
        Assert.Contains(Read(WithHead with { WithHead = false }).Remarks, r => r.Contains("classification_head.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pack_needs_a_head()
    {
        _vit.Tensors.Remove("classification_head.weight");
        _vit.Tensors.Remove("classification_head.bias");
        AssertFault("missing: classification_head.weight, classification_head.bias (without a head it can be imported as an encoder and fine-tuned)");
    }

    [Fact]
    public void A_bias_of_some_blocks_alone_is_told()
    {
        _vit.Add("blocks.1.attn.qkv.bias", 36);
        AssertFault("missing: blocks.0.attn.qkv.bias");
    }

    [Fact]
    public void Something_else_is_named_by_what_it_holds()
    {
        _vit.Rename(n => "x" + n);
        AssertFault("no patch_embedding.patch_embeddings.weight: this is not the state dict of a MONAI ViT; it holds xpatch_embedding.position_embeddings, ");
    }

    [Fact]
    public void Of_several_transformers_one_is_chosen_by_its_prefix()
    {
        StateDictFile teacher = StateDictFile.Vit(hidden: 24);
        _vit.Rename(n => "student." + n);
        foreach (var (name, tensor) in teacher.Tensors)
            _vit.Tensors["teacher." + name] = tensor;
        AssertFault("several transformers, their names begin with 'student.', 'teacher.': choose one by its prefix");
        ImportedModel chosen = Read(WithHead with { Prefix = "teacher." });
        Assert.Equal(24, chosen.Configuration.HiddenSize);
        Assert.Contains(chosen.Remarks, r => r.StartsWith("left out, without the prefix: student.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_beside_the_transformer_is_unexpected_unless_the_prefix_is_stated()
    {
        _vit.Rename(n => "vit." + n);
        _vit.AddPair("decoder2.conv", 12, 12);
        AssertFault("unexpected, without 'vit.' before: decoder2.conv.weight, decoder2.conv.bias (stating the prefix leaves them out)");
        Assert.Equal(2, Read(WithHead with { Prefix = "vit." }).Configuration.Layers);
        AssertFault("no nothing.patch_embedding", WithHead with { Prefix = "nothing." });
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused()
    {
        BitConverter.GetBytes(float.NaN).CopyTo(_vit.Tensors["norm.weight"].Values, 4);
        AssertFault("values that are not finite: norm.weight");
    }

    [Theory]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0 }, "this is a PyTorch file")]
    [InlineData(new byte[] { 0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46 }, "this is a PyTorch file")]
    [InlineData(new byte[] { 1, 2, 3 }, "is not a safetensors file: it is shorter than its header")]
    public void Other_files_are_told_what_they_are(byte[] content, string fault)
    {
        File.WriteAllBytes(_folder["vit.safetensors"], content);
        StateDictException e = Assert.Throws<StateDictException>(() => ImportedModel.Read(_folder["vit.safetensors"], WithHead));
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_told() => Assert.Throws<FileNotFoundException>(() => ImportedModel.Read(_folder["none"], WithHead));

    private ImportedModel Read(StateDictOptions options) => ImportedModel.Read(_vit.Write(_folder["vit.safetensors"]), options);

    private void AssertFault(string fault, StateDictOptions? options = null)
    {
        StateDictException e = Assert.Throws<StateDictException>(() => Read(options ?? WithHead));
        Assert.Contains(e.Faults, f => f.Contains(fault, StringComparison.Ordinal));
    }
}
