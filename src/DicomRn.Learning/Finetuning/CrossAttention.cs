using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>A pre-norm block in which some tokens attend to others.</summary>
internal sealed class CrossAttention : nn.Module
{
    private readonly LayerNorm _norm1;
    private readonly LayerNorm _norm2;
    private readonly Linear _query;
    private readonly Linear _keyValue;
    private readonly Linear _out;
    private readonly MlpBlock _mlp;
    private readonly int _heads;

    public CrossAttention(VitConfiguration c)
        : base(nameof(CrossAttention))
    {
        _heads = c.Heads;
        _norm1 = nn.LayerNorm(c.HiddenSize);
        _norm2 = nn.LayerNorm(c.HiddenSize);
        _query = nn.Linear(c.HiddenSize, c.HiddenSize, hasBias: false);
        _keyValue = nn.Linear(c.HiddenSize, 2 * c.HiddenSize, hasBias: false);
        _out = nn.Linear(c.HiddenSize, c.HiddenSize);
        _mlp = new MlpBlock(c);
        register_module("norm1", _norm1);
        register_module("norm2", _norm2);
        register_module("query", _query);
        register_module("key_value", _keyValue);
        register_module("out_proj", _out);
        register_module("mlp", _mlp);
    }

    /// <summary>[B, asking, hidden] and [B, asked, hidden] to [B, asking, hidden].</summary>
    public Tensor Attend(Tensor asking, Tensor asked)
    {
        using var scope = NewDisposeScope();
        Tensor q = Heads(_query.Apply(_norm1.Apply(asking)));
        Tensor[] both = _keyValue.Apply(asked).chunk(2, 2);
        Tensor weights = nn.functional.softmax(q.matmul(Heads(both[0]).transpose(-2, -1)).Over(Math.Sqrt(q.shape[^1])), -1);
        Tensor x = asking.Plus(_out.Apply(weights.matmul(Heads(both[1])).transpose(1, 2).flatten(2)));
        return x.Plus(_mlp.call(_norm2.Apply(x))).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Tensor tokens) =>
        tokens.view(tokens.shape[0], tokens.shape[1], _heads, tokens.shape[2] / _heads).transpose(1, 2);
}
