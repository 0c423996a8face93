using BenchmarkDotNet.Attributes;
using DicomRn.Learning.Cohorts;

namespace DicomRn.Benchmarks.Micro;

/// <summary>
/// One sub-volume of 48³ of a phantom cohort on two threads, files included: the mean is the time per sub-volume. At least 50 per second are
/// wanted, 20 ms each.
/// </summary>
[MemoryDiagnoser]
public class RenderSubvolumes
{
    private const int Subvolumes = 100;

    private string _folder = "";

    [IterationSetup]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("dicomrn-cohort-").FullName;

    [IterationCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Benchmark(OperationsPerInvoke = Subvolumes)]
    public Cohort Write() => PhantomCohort.WriteAsync(
        _folder, new PhantomCohortOptions { Seed = 1, Unlabelled = Subvolumes, Labelled = 0, External = 0 }, threads: 2).GetAwaiter().GetResult();
}
