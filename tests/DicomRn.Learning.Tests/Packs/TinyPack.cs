using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Packs;

/// <summary>A pack made by the real training in a few steps, shared by the tests that need one.</summary>
public sealed class TinyPack : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dicomrn-pack-").FullName;

    public TinyPack()
    {
        Pack = PhantomTraining.Run(
            new PhantomTrainingOptions
            {
                TrainingPatients = 16,
                ValidationPatients = 16,
                TestPatientsPerCentre = 12,
                Configuration = new VitConfiguration { PatchSize = 16, HiddenSize = 12, MlpSize = 24, Layers = 2, Heads = 3 },
                Training = new TrainingSettings { Epochs = 2, BatchSize = 8, PatchTargetWeight = 1 },
                ErrorRate = 0.3,
                PackName = "tiny",
                RunFolder = Path.Combine(_root, "run"),
                ModelsFolder = Path.Combine(_root, "models"),
                Threads = 2,
            },
            TimeProvider.System,
            progress: null,
            CancellationToken.None);
    }

    public ModelPack Pack { get; }

    public string ModelsFolder => Path.Combine(_root, "models");

    /// <summary>A copy to damage.</summary>
    public string Copy(string name)
    {
        string folder = Path.Combine(_root, "copies", name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Pack.Folder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>Tests that share the pack.</summary>
[CollectionDefinition(Name)]
public sealed class TinyPackCollection : ICollectionFixture<TinyPack>
{
    public const string Name = "tiny pack";
}
