using System.Diagnostics;
using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Benchmarks.Inference;

/// <summary>The transformer of this program, with or without the attention matrices that overlays are made of.</summary>
internal sealed class OwnInference : IInferenceContestant
{
    private readonly VisionTransformer _transformer;
    private readonly Tensor _input;
    private readonly bool _withAttention;

    public OwnInference(InferenceCase what, bool withAttention)
    {
        _withAttention = withAttention;
        _transformer = new VisionTransformer(what.Configuration);
        _transformer.Import(SafeTensors.Read(Path.Combine(what.Folder, "weights.safetensors")));
        _transformer.eval();
        StoredTensor input = what.Input();
        _input = tensor(input.Values, [.. input.Shape]);
    }

    public string Name => _withAttention ? "dicomrn, with attention maps" : "dicomrn";

    public float[] Output()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        (Tensor logits, Tensor embedding) = Pass();
        return [.. logits.data<float>().ToArray(), .. embedding.contiguous().data<float>().ToArray()];
    }

    public double Run(int passes)
    {
        long start = Stopwatch.GetTimestamp();
        using var inference = inference_mode();
        for (int n = 0; n < passes; n++)
        {
            using var scope = NewDisposeScope();
            Pass();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _transformer.Dispose();
        _input.Dispose();
    }

    private (Tensor Logits, Tensor Embedding) Pass()
    {
        if (!_withAttention)
            return _transformer.Embed(_input);
        (Tensor logits, Tensor embedding, _) = _transformer.ForwardWithAttention(_input);
        return (logits, embedding);
    }
}
