using DicomRn.Learning.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>From embeddings to what NT-Xent compares; thrown away after pre-training (Chen et al. 2020, 4.2).</summary>
internal sealed class ProjectionHead : nn.Module<Tensor, Tensor>
{
    private readonly Linear _linear1;
    private readonly Linear _linear2;

    public ProjectionHead(int hiddenSize, int projectionSize)
        : base(nameof(ProjectionHead))
    {
        _linear1 = nn.Linear(hiddenSize, hiddenSize);
        _linear2 = nn.Linear(hiddenSize, projectionSize);
        register_module("linear1", _linear1);
        register_module("linear2", _linear2);
    }

    public override Tensor forward(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        return _linear2.Apply(nn.functional.relu(_linear1.Apply(embeddings))).MoveToOuterDisposeScope();
    }
}
