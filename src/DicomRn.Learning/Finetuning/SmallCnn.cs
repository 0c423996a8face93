using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>A small 3D convolutional network: four steps of convolution, group norm, ReLU, each halving the edge; the mean of what is left.</summary>
internal sealed class SmallCnn : LesionNetwork
{
    private static readonly int[] Channels = [2, 16, 32, 64, 64];
    private readonly Sequential _steps;
    private readonly Linear _head;

    public SmallCnn()
        : base(nameof(SmallCnn))
    {
        List<(string, nn.Module<Tensor, Tensor>)> steps = [];
        for (int n = 0; n + 1 < Channels.Length; n++)
        {
            steps.Add(($"conv{n}", nn.Conv3d(Channels[n], Channels[n + 1], kernel_size: 3, stride: 2, padding: 1, bias: false)));
            steps.Add(($"norm{n}", nn.GroupNorm(8, Channels[n + 1])));
            steps.Add(($"relu{n}", nn.ReLU()));
        }

        _steps = nn.Sequential(steps);
        _head = nn.Linear(Channels[^1], 1);
        register_module("steps", _steps);
        register_module("head", _head);
    }

    public override Tensor Logits(Tensor input, Tensor? clinical)
    {
        using var scope = NewDisposeScope();
        return _head.call(_steps.call(input).mean([2, 3, 4])).squeeze(1).MoveToOuterDisposeScope();
    }

    public override IEnumerable<(string Name, Parameter Parameter)> Trained() => named_parameters();
}
