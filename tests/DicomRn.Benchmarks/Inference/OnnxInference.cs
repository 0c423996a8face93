using System.Diagnostics;
using DicomRn.Learning.Weights;
using Microsoft.ML.OnnxRuntime;

namespace DicomRn.Benchmarks.Inference;

/// <summary>ONNX Runtime on the CPU with all its optimisations, from the graph that PyTorch has written.</summary>
internal sealed class OnnxInference : IInferenceContestant
{
    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly RunOptions _options = new();

    public OnnxInference(InferenceCase what, int threads)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = threads,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(Path.Combine(what.Folder, "vit.onnx"), options);
        StoredTensor input = what.Input();
        _input = OrtValue.CreateTensorValueFromMemory(input.Values, [.. input.Shape]);
    }

    public string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    public float[] Output()
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = Pass();
        return [.. outputs[0].GetTensorDataAsSpan<float>(), .. outputs[1].GetTensorDataAsSpan<float>()];
    }

    public double Run(int passes)
    {
        long start = Stopwatch.GetTimestamp();
        for (int n = 0; n < passes; n++)
            Pass().Dispose();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _input.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private IDisposableReadOnlyCollection<OrtValue> Pass() => _session.Run(_options, ["input"], [_input], ["logits", "pooled"]);
}
