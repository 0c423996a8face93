using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Two linear layers with GELU between (MONAI: <c>mlp</c> with <c>linear1</c>, <c>linear2</c>).</summary>
internal sealed class MlpBlock : nn.Module<Tensor, Tensor>
{
    private readonly Linear _linear1;
    private readonly Linear _linear2;
    private readonly double _dropout;

    public MlpBlock(VitConfiguration c)
        : base(nameof(MlpBlock))
    {
        _linear1 = nn.Linear(c.HiddenSize, c.MlpSize);
        _linear2 = nn.Linear(c.MlpSize, c.HiddenSize);
        _dropout = c.DropoutRate;
        register_module("linear1", _linear1);
        register_module("linear2", _linear2);
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        Tensor x = _linear2.Apply(nn.functional.gelu(_linear1.Apply(tokens)));
        if (training && _dropout > 0)
            x = nn.functional.dropout(x, _dropout, training: true);
        return x.MoveToOuterDisposeScope();
    }
}
