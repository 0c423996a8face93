using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// A small 3D convolutional network on T1CE and mask: the control that tells what a network without attention and without pre-training
/// makes of the same lesions.
/// </summary>
internal sealed class CnnLesionNetwork : LesionNetwork
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> _stages;
    private readonly Linear _head;
    private readonly double _dropout;

    public CnnLesionNetwork(CnnSettings settings)
        : base(nameof(CnnLesionNetwork))
    {
        _dropout = settings.DropoutRate;
        int inputs = 2;
        List<nn.Module<Tensor, Tensor>> stages = [];
        foreach (int channels in settings.Channels)
        {
            stages.Add(nn.Sequential([.. Convolution(inputs, channels, 2), .. stages.Count == 0 ? [] : Convolution(channels, channels, 1)]));
            inputs = channels;
        }

        _stages = nn.ModuleList([.. stages]);
        _head = nn.Linear(inputs, 1);
        register_module("stages", _stages);
        register_module("head", _head);

        // The norm behind a convolution takes its bias out again.
        IEnumerable<nn.Module<Tensor, Tensor>> Convolution(int from, int to, int stride) =>
        [
            nn.Conv3d(from, to, kernel_size: 3, stride: stride, padding: 1, bias: false),
            nn.GroupNorm(to / settings.GroupSize, to),
            nn.ReLU(inplace: true),
        ];
    }

    public override Tensor Logits(Tensor input, Tensor? clinical)
    {
        using var scope = NewDisposeScope();
        Tensor pooled = Embed(input);
        if (training && _dropout > 0)
            pooled = nn.functional.dropout(pooled, _dropout, training: true);
        return _head.call(pooled).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The means of the last stage's channels [B, channels].</summary>
    public override Tensor Embed(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = input;
        foreach (nn.Module<Tensor, Tensor> stage in _stages)
            x = stage.call(x);
        return x.mean([2, 3, 4]).MoveToOuterDisposeScope();
    }

    public override IEnumerable<(string Name, Parameter Parameter)> Trained() => named_parameters();
}
