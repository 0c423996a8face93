using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// A small 3D convolutional network on T1CE and mask, with the channels of each voxel normalised behind every convolution (as in ConvNeXt, Liu
/// et al. 2022): the control that tells what a network without attention and without pre-training makes of the same lesions.
/// </summary>
internal sealed class CnnLesionNetwork : LesionNetwork
{
    private readonly ModuleList<Conv3d> _convolutions;
    private readonly ModuleList<LayerNorm> _norms;
    private readonly Linear _head;
    private readonly double _dropout;

    public CnnLesionNetwork(CnnSettings settings)
        : base(nameof(CnnLesionNetwork))
    {
        _dropout = settings.DropoutRate;
        int inputs = 2;
        List<Conv3d> convolutions = [];
        List<LayerNorm> norms = [];
        foreach (int channels in settings.Channels)
        {
            Add(channels, stride: 2);
            if (convolutions.Count > 1)
                Add(channels, stride: 1);
        }

        _convolutions = nn.ModuleList([.. convolutions]);
        _norms = nn.ModuleList([.. norms]);
        _head = nn.Linear(inputs, 1);
        register_module("convolutions", _convolutions);
        register_module("norms", _norms);
        register_module("head", _head);

        void Add(int channels, int stride)
        {
            convolutions.Add(nn.Conv3d(inputs, channels, kernel_size: 3, stride: stride, padding: 1));
            norms.Add(nn.LayerNorm(channels));
            inputs = channels;
        }
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
        for (int n = 0; n < _convolutions.Count; n++)
            x = nn.functional.relu(_norms[n].call(_convolutions[n].call(x).permute(0, 2, 3, 4, 1)).permute(0, 4, 1, 2, 3));
        return x.mean([2, 3, 4]).MoveToOuterDisposeScope();
    }

    public override IEnumerable<(string Name, Parameter Parameter)> Trained() => named_parameters();
}
