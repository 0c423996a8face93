using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Benchmarks.Micro;

/// <summary>One lesion of a phantom head of 1 mm by the shipped model: crop, Vision Transformer, attention.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "Disposed in the global clean-up, which is how BenchmarkDotNet ends a benchmark.")]
public class ClassifyLesion
{
    private PhantomHead _head = null!;
    private LesionClassifier _classifier = null!;

    [GlobalSetup]
    public void LoadModel()
    {
        ModelPack pack = ModelPackCatalog.List(Path.Combine(Repository.Find(), "models"))[0];
        _classifier = new LesionClassifier(pack, new InferenceSettings { Device = ComputeDevice.Cpu });
        _head = PhantomHead.Generate(new PhantomOptions { Seed = 7, LesionCount = 1 });
    }

    [GlobalCleanup]
    public void ReleaseModel() => _classifier.Dispose();

    [Benchmark]
    public double? Classify() => _classifier.Classify(_head.T1ce, _head.Lesions[0].Mask).ProgressionProbability;
}
