namespace DicomRn.Learning.Tests.Torch;

/// <summary>
/// Tests of trainings that must be the same to the bit: libtorch has one sequence of random numbers and one number of threads per process, and
/// others would draw from the one and change the other in between.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeededTrainingCollection
{
    public const string Name = "Seeded training";
}
