using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Importing;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Importing;

public sealed class PackImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task Without_a_cohort_the_pack_gives_probabilities_and_decides_nothing(int channels, bool classToken)
    {
        StateDictFile vit = StateDictFile.Vit(channels: channels, classToken: classToken);
        // So sure that every rule but "never" would decide.
        BitConverter.GetBytes(100f).CopyTo(vit.Tensors["classification_head.bias"].Values, 0);
        ModelPack pack = await ImportAsync(vit);
        using LesionClassifier classifier = new(pack, new InferenceSettings { Device = ComputeDevice.Cpu, Threads = 1 });
        (Volume<float> image, Volume<byte> mask) = Head();
        LesionClassification answer = classifier.Classify(image, mask, TestContext.Current.CancellationToken);
        Assert.Equal(1, answer.ProgressionProbability!.Value, 6);
        Assert.Equal((LesionDecision.Undetermined, UndeterminedReason.TooUncertain), (answer.Decision, answer.Reason));
        Assert.Equal(1, answer.LastLayerAttention!.Voxels.Average(), 1);
        Assert.Equal(1, answer.AttentionRollout!.Voxels.Average(), 1);
    }

    [Fact]
    public async Task Manifest_and_card_say_what_was_stated_and_where_it_came_from()
    {
        ModelPack pack = await ImportAsync(StateDictFile.Vit(head: "classification_head.0", outputs: 2));
        ModelManifest m = pack.Manifest;
        Assert.Equal(("ours", "2.0", "412 lesions of our hospital.", true), (m.Name, m.Version, m.TrainingData, m.TrainedOnPhantoms));
        Assert.Equal(new PreprocessingSettings { CropVoxels = 16, SpacingMm = 1.5 }, m.Preprocessing);
        Assert.Equal((1.3, 0), (m.Calibration.Temperature, m.Calibration.Cases));
        string card = await File.ReadAllTextAsync(Path.Combine(pack.Folder, ModelPack.CardName), TestContext.Current.CancellationToken);
        foreach (string told in new[] { "412 lesions of our hospital.", "turned from arrays of axes RAS", "without an activation", "no class is ever decided", "SHA-256 `" })
            Assert.Contains(told, card, StringComparison.Ordinal);
    }

    private Task<ModelPack> ImportAsync(StateDictFile vit)
    {
        ImportedModel model = ImportedModel.Read(vit.Write(_folder["vit.safetensors"]), new StateDictOptions { Heads = 3, WithHead = true });
        return PackImport.WriteAsync(
            model,
            new PackImportOptions
            {
                Folder = _folder["ours"],
                TrainingData = "412 lesions of our hospital.",
                TrainedOnPhantoms = true,
                Version = "2.0",
                Temperature = 1.3,
                Preprocessing = new PreprocessingSettings { CropVoxels = 16, SpacingMm = 1.5 },
            },
            progress: null,
            TestContext.Current.CancellationToken);
    }

    /// <summary>A bright ball of 16 cm with a lesion of 8 mm in its middle.</summary>
    private static (Volume<float> Image, Volume<byte> Mask) Head()
    {
        const int Edge = 60;
        VolumeGeometry grid = VolumeGeometry.Axial(Edge, Edge, Edge, 3, PatientPoint.Origin);
        Volume<float> image = new(grid);
        VolumeGeometry fine = VolumeGeometry.Axial(8, 8, 8, 1, grid.Center + new PatientVector(-3.5, -3.5, -3.5));
        Volume<byte> mask = new(fine);
        Array.Fill(mask.Voxels, (byte)1);
        for (int n = 0; n < image.Voxels.Length; n++)
        {
            double x = n % Edge - 29.5, y = n / Edge % Edge - 29.5, z = n / Edge / Edge - 29.5;
            image.Voxels[n] = x * x + y * y + z * z < 27 * 27 ? 500 + n % 7 : n % 5;
        }

        return (image, mask);
    }
}
