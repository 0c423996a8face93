using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>A pre-norm transformer block (MONAI: <c>blocks.N</c> with <c>norm1</c>, <c>attn</c>, <c>norm2</c>, <c>mlp</c>).</summary>
internal sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm1;
    private readonly LayerNorm _norm2;
    private readonly SelfAttention _attention;
    private readonly MlpBlock _mlp;

    public TransformerBlock(VitConfiguration c)
        : base(nameof(TransformerBlock))
    {
        _norm1 = nn.LayerNorm(c.HiddenSize);
        _attention = new SelfAttention(c);
        _norm2 = nn.LayerNorm(c.HiddenSize);
        _mlp = new MlpBlock(c);
        register_module("norm1", _norm1);
        register_module("attn", _attention);
        register_module("norm2", _norm2);
        register_module("mlp", _mlp);
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        Tensor x = tokens.Plus(_attention.call(_norm1.Apply(tokens)));
        return x.Plus(_mlp.call(_norm2.Apply(x))).MoveToOuterDisposeScope();
    }

    public (Tensor Output, Tensor Attention) ForwardWithAttention(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        (Tensor mixed, Tensor attention) = _attention.ForwardWithAttention(_norm1.Apply(tokens));
        Tensor x = tokens.Plus(mixed);
        return (x.Plus(_mlp.call(_norm2.Apply(x))).MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope());
    }
}
