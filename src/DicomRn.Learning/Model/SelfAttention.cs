using DicomRn.Learning.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Multi-head self-attention with one projection for query, key and value (MONAI: <c>attn</c>).</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear _qkv;
    private readonly Linear _out;
    private readonly int _heads;

    public SelfAttention(VitConfiguration c)
        : base(nameof(SelfAttention))
    {
        _heads = c.Heads;
        _qkv = nn.Linear(c.HiddenSize, 3 * c.HiddenSize, hasBias: c.QkvBias);
        _out = nn.Linear(c.HiddenSize, c.HiddenSize);
        register_module("qkv", _qkv);
        register_module("out_proj", _out);
    }

    public override Tensor forward(Tensor tokens)
    {
        // On a CPU the backward pass of the fused kernel takes three times as long as that of the plain operations.
        if (training && tokens.device_type == DeviceType.CPU)
        {
            (Tensor output, Tensor attention) = ForwardWithAttention(tokens);
            attention.Dispose();
            return output;
        }

        using var scope = NewDisposeScope();
        (Tensor q, Tensor k, Tensor v) = Project(tokens);
        Tensor mixed = nn.functional.scaled_dot_product_attention(q, k, v);
        return Merge(mixed).MoveToOuterDisposeScope();
    }

    /// <summary>The same, with the attention [B, heads, tokens, tokens] that the fused kernel does not give.</summary>
    public (Tensor Output, Tensor Attention) ForwardWithAttention(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        (Tensor q, Tensor k, Tensor v) = Project(tokens);
        Tensor attention = nn.functional.softmax(q.matmul(k.transpose(-2, -1)).Over(Math.Sqrt(q.shape[^1])), -1);
        return (Merge(attention.matmul(v)).MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope());
    }

    private (Tensor Q, Tensor K, Tensor V) Project(Tensor tokens)
    {
        long batch = tokens.shape[0], count = tokens.shape[1], hidden = tokens.shape[2];
        Tensor qkv = _qkv.Apply(tokens).view(batch, count, 3, _heads, hidden / _heads).permute(2, 0, 3, 1, 4);
        return (qkv[0], qkv[1], qkv[2]);
    }

    private Tensor Merge(Tensor mixed) => _out.Apply(mixed.transpose(1, 2).flatten(2));
}
