using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Importing;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Tests.Finetuning;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Training;

/// <summary>From a cohort on disk to an encoder, from it to predictions, from these to a report.</summary>
[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class CohortRunTests : IDisposable
{
    private static readonly PreprocessingSettings Crops = new() { CropVoxels = MadeUpCases.Voxels };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pre_training_fine_tuning_and_evaluation_follow_each_other()
    {
        await WriteCohortAsync();
        PretrainingConfiguration pretraining = new()
        {
            Cohort = _folder["cohort"],
            Run = _folder["pretraining"],
            Model = MadeUpCases.Tiny,
            Device = ComputeDevice.Cpu,
            Training = new PretrainingSettings { Epochs = 2, BatchSize = 8, ProjectionSize = 8, ValidationShare = 0.3 },
        };
        // Too few scans are told, and the folder stays free for settings that suit the cohort.
        PretrainingConfiguration tooLarge = pretraining with { Training = pretraining.Training with { BatchSize = 500 } };
        string refusal = (await Assert.ThrowsAsync<InvalidDataException>(
            () => PretrainingRun.RunAsync(tooLarge, TimeProvider.System, null, null, Cancel))).Message;
        Assert.StartsWith($"{pretraining.Cohort}: ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("do not fill a batch of 500.", refusal, StringComparison.Ordinal);
        string encoder = await PretrainingRun.RunAsync(pretraining, TimeProvider.System, null, null, Cancel);
        Assert.True(File.Exists(_folder["pretraining", "metrics.png"]));
        Assert.True(File.Exists(_folder["pretraining", "metrics.svg"]));
        PretrainingConfiguration other = pretraining with { Training = pretraining.Training with { Seed = 9 } };
        Assert.Contains("other settings", (await Assert.ThrowsAsync<InvalidDataException>(
            () => PretrainingRun.RunAsync(other, TimeProvider.System, null, null, Cancel))).Message, StringComparison.Ordinal);

        FinetuningConfiguration finetuning = new()
        {
            Name = "self-supervised",
            Cohort = _folder["cohort"],
            Run = _folder["fine"],
            Encoder = encoder,
            Device = ComputeDevice.Cpu,
            Training = new FinetuningSettings { Folds = 2, Epochs = 12, BatchSize = 8, LearningRate = 3e-3, LayerDecay = 1 },
        };
        FinetuningResult result = await FinetuningRun.RunAsync(finetuning, TimeProvider.System, null, null, Cancel);
        Assert.Equal([PredictedSet.Development, PredictedSet.HeldOut, PredictedSet.External], result.Areas.Keys);
        Assert.True(result.Areas[PredictedSet.Development].Auc > 0.9);
        Assert.True(File.Exists(_folder["fine", "model", "weights.safetensors"]));

        await WritePackOf(finetuning, result);

        // Added to the run that is done: nothing else is trained again, and what was there stays.
        string[] linesBefore = File.ReadAllLines(result.Predictions);
        List<FinetuningProgress> told = [];
        FinetuningResult more = await FinetuningRun.RunAsync(
            finetuning with { Training = finetuning.Training with { LeaveCentreOut = true } }, TimeProvider.System, null, new Told(told), Cancel);
        Assert.Equal([PredictedSet.Development, PredictedSet.HeldOut, PredictedSet.External, PredictedSet.LeaveCentreOut], more.Areas.Keys);
        string[] linesAfter = File.ReadAllLines(more.Predictions);
        Assert.Equal(linesBefore, linesAfter.Take(linesBefore.Length));
        Assert.All(linesAfter.Skip(linesBefore.Length), line => Assert.StartsWith($"{finetuning.Name},leavecentreout,", line, StringComparison.Ordinal));
        Assert.All(told, t => Assert.StartsWith("without ", t.Part, StringComparison.Ordinal));
        Assert.Equal(told.Select(t => t.Done).Order(), told.Select(t => t.Done));
        Assert.Equal((1, TimeSpan.Zero), (told[^1].Done, told[^1].TimeLeft));

        string weights = Path.Combine(encoder, "weights.safetensors");
        byte[] before = File.ReadAllBytes(weights), changed = [.. before];
        changed[^1] ^= 1;
        File.WriteAllBytes(weights, changed);
        Assert.Contains("other data", (await Assert.ThrowsAsync<InvalidDataException>(
            () => FinetuningRun.RunAsync(finetuning, TimeProvider.System, null, null, Cancel))).Message, StringComparison.Ordinal);
        File.WriteAllBytes(weights, before);

        FinetuningResult radiomics = await FinetuningRun.RunAsync(
            finetuning with { Name = "radiomics", Run = _folder["radiomics"], Encoder = null, Classifier = ClassifierKind.Radiomics, Preprocessing = Crops },
            TimeProvider.System, null, null, Cancel);
        EvaluationResult evaluation = EvaluationRun.Run(
            new EvaluationConfiguration
            {
                Predictions = [result.Predictions, radiomics.Predictions],
                Output = _folder["report"],
                Cohort = _folder["cohort"],
                BootstrapDraws = 100,
            },
            null, Cancel);
        Assert.Equal(7, evaluation.Models.Count); // three sets each, and leave-centre-out
        Assert.Contains(evaluation.Models[0].Subgroups, s => s is { Variable: "months since radiosurgery", Level: "missing" });
    }

    private async Task WritePackOf(FinetuningConfiguration done, FinetuningResult before)
    {
        string predictions = File.ReadAllText(before.Predictions);
        Dictionary<string, DateTime> written = Directory.EnumerateFiles(_folder["fine", "folds"])
            .Append(_folder["fine", "model", "weights.safetensors"]).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        PackSettings pack = new()
        {
            Folder = _folder["packs"],
            Name = "fine-1",
            Version = "1.0",
            IntendedUse = "Tests.",
            TrainingData = "Bright cubes.",
            TrainedOnPhantoms = true,
        };
        FinetuningResult after = await FinetuningRun.RunAsync(done with { Pack = pack }, TimeProvider.System, null, null, Cancel);
        Assert.Equal(_folder["packs", "fine-1"], after.Pack);
        Assert.Equal(predictions, File.ReadAllText(after.Predictions));
        Assert.All(written, f => Assert.Equal(f.Value, File.GetLastWriteTimeUtc(f.Key)));

        ModelManifest manifest = ModelPack.Load(after.Pack!).Manifest;
        Assert.Equal(["held-out cases, A", "external cases, B", "out-of-fold cases, A"], manifest.Measured.Select(m => m.Cohort).Distinct());
        Assert.Equal(after.Areas[PredictedSet.HeldOut].Auc, manifest.Measured[0].Auc);
        Assert.Equal("lesion volume alone (control)", manifest.Measured[1].Score);
        Assert.Contains("| held-out cases, A | model |", File.ReadAllText(Path.Combine(after.Pack!, "MODEL_CARD.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true, TokenPooling.ClassToken, true, "")]
    [InlineData(1, false, TokenPooling.ClassToken, false, "the mean of the patch tokens stands for the image")]
    [InlineData(2, false, TokenPooling.AddedClassToken, true, "one of zeros is added")]
    [InlineData(2, false, TokenPooling.Mean, false, "")]
    public async Task Fine_tuning_begins_from_an_imported_encoder(int channels, bool classToken, TokenPooling pooling, bool hasToken, string remark)
    {
        await WriteCohortAsync();
        StateDictFile vit = StateDictFile.Vit(channels, image: MadeUpCases.Voxels, patch: 4, hidden: 24, mlp: 48, layers: 2, qkvBias: true, classToken: classToken, outputs: 0);
        ImportedModel model = ImportedModel.Read(vit.Write(_folder["vit.safetensors"]), new StateDictOptions { Heads = 3 });
        model.WriteEncoder(_folder["encoder"], Crops);
        FinetuningConfiguration finetuning = new()
        {
            Name = "imported",
            Cohort = _folder["cohort"],
            Run = _folder["fine"],
            Encoder = _folder["encoder"],
            Device = ComputeDevice.Cpu,
            Training = new FinetuningSettings { Folds = 2, Epochs = 1, BatchSize = 8, Trained = TrainedPart.Probe, Pooling = pooling },
        };
        Assert.Contains(remark, string.Join('\n', FinetuningRun.Remarks(finetuning)), StringComparison.Ordinal);
        Assert.Equal(remark.Length > 0, FinetuningRun.Remarks(finetuning).Count > 0);
        FinetuningResult result = await FinetuningRun.RunAsync(finetuning, TimeProvider.System, null, null, Cancel);
        Assert.Equal(3, result.Areas.Count);

        // A probe leaves the encoder as it is.
        IReadOnlyDictionary<string, StoredTensor> trained = SafeTensors.Read(_folder["fine", "model", "weights.safetensors"]);
        Assert.Equal(hasToken, trained.ContainsKey("encoder.cls_token"));
        Assert.Equal(model.Weights["blocks.1.attn.qkv.bias"].Values, trained["encoder.blocks.1.attn.qkv.bias"].Values);
        Assert.Equal(model.Weights["patch_embedding.position_embeddings"].Values, trained["encoder.patch_embedding.position_embeddings"].Values);
    }

    [Fact]
    public async Task An_imported_model_is_calibrated_and_measured_on_a_cohort()
    {
        await WriteCohortAsync();
        StateDictFile vit = StateDictFile.Vit(channels: 2, image: MadeUpCases.Voxels, patch: 4, hidden: 24, mlp: 48, layers: 1);
        ImportedModel model = ImportedModel.Read(vit.Write(_folder["vit.safetensors"]), new StateDictOptions { Heads = 3, WithHead = true });
        PackImportOptions options = new()
        {
            Folder = _folder["packs", "ours"],
            TrainingData = "Nothing.",
            Preprocessing = Crops,
            Cohort = Cohort.Read(_folder["cohort"]),
            ErrorRate = 0.2,
        };
        List<double> done = [];
        ModelManifest m = (await PackImport.WriteAsync(model, options, new Reports(done), Cancel)).Manifest;
        Assert.Equal(40, done.Count);
        Assert.Equal((24, 12, 12, 24), (m.Calibration.Cases, m.Decision.RadiationNecrosisCases, m.Decision.ProgressionCases, m.Novelty.Cases));
        Assert.True(m.Decision is { RadiationNecrosisAtMost: > 0 and < 1, ProgressionAtLeast: > 0 and < 1, ErrorRate: 0.2 } && m.Novelty.LargestDistance > 0);
        Assert.Equal(
            ["cohort, heldout: model", "cohort, heldout: lesion volume alone (control)", "cohort, external: model", "cohort, external: lesion volume alone (control)"],
            m.Measured.Select(f => $"{f.Cohort}: {f.Score}"));
        Assert.All(m.Measured, f => Assert.Equal((4, 4), (f.RadiationNecrosisCases, f.ProgressionCases)));

        string table = _folder["cohort", Cohort.TableName];
        File.WriteAllLines(table, File.ReadAllLines(table).Where(row => !row.Contains("development", StringComparison.Ordinal) || !row.Contains("progression", StringComparison.Ordinal)));
        CohortException e = await Assert.ThrowsAsync<CohortException>(() => PackImport.WriteAsync(
            model, options with { Folder = _folder["other"], Cohort = Cohort.Read(_folder["cohort"]) }, null, Cancel));
        Assert.Contains("there are 12 of necrosis, 0 of progression", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["other"]));
    }

    private sealed class Reports(List<double> into) : IProgress<double>
    {
        public void Report(double value) => into.Add(value);
    }

    [Fact]
    public async Task Changed_scans_get_new_crops()
    {
        IReadOnlyList<CohortEntry> entries = await WriteCohortAsync();
        float[] image = new float[1728], mask = new float[1728], again = new float[1728];
        using (CohortCrops crops = await CohortCrops.PrepareAsync(entries, Crops, _folder["run"], null, Cancel))
        {
            crops.Read(3, image, mask);
            Assert.Equal(64, mask.Count(m => m == 1));
            Assert.InRange(image.Average(), 0.2, 1.2);
        }

        await WriteImageAsync(entries[3].Image, new Random(99), 3);
        File.SetLastWriteTimeUtc(entries[3].Image, DateTime.UnixEpoch);
        using (CohortCrops crops = await CohortCrops.PrepareAsync(entries, Crops, _folder["run"], null, Cancel))
            crops.Read(3, again, mask);
        Assert.NotEqual(image, again);
        Assert.True(again.Average() > image.Average() + 1);
    }

    private async Task<IReadOnlyList<CohortEntry>> WriteCohortAsync()
    {
        Directory.CreateDirectory(_folder["cohort"]);
        Random random = new(21);
        byte[] inside = new byte[1728];
        for (int v = 0; v < inside.Length; v++)
            inside[v] = v % 12 is > 3 and < 8 && v / 12 % 12 is > 3 and < 8 && v / 144 is > 3 and < 8 ? (byte)1 : (byte)0;
        string mask = _folder["cohort", "mask.nii.gz"];
        await NiftiFile.WriteAsync(mask, new Volume<byte>(Grid, inside), Cancel);
        List<CohortEntry> entries = [];
        for (int n = 0; n < 56; n++)
        {
            bool progression = n % 2 == 0;
            CohortSplit split = n switch { < 16 => CohortSplit.Unlabelled, < 40 => CohortSplit.Development, < 48 => CohortSplit.HeldOut, _ => CohortSplit.External };
            string image = _folder["cohort", $"{n}.nii.gz"];
            await WriteImageAsync(image, random, progression && split != CohortSplit.Unlabelled ? 1 : 0);
            entries.Add(new CohortEntry
            {
                Patient = $"P{n:00}",
                Lesion = "1",
                Image = image,
                Mask = mask,
                BrainMedian = 1,
                Label = split == CohortSplit.Unlabelled ? null : progression ? LesionClass.Progression : LesionClass.RadiationNecrosis,
                IsIndex = split != CohortSplit.Unlabelled,
                Centre = split == CohortSplit.External ? "B" : "A",
                Split = split,
            });
        }

        Cohort.Write(_folder["cohort"], entries);
        return Cohort.Read(_folder["cohort"]).Entries;
    }

    private static VolumeGeometry Grid => VolumeGeometry.Axial(12, 12, 12, 1, PatientPoint.Origin);

    /// <summary>Normalised intensities of 0 to 1, the lesion brighter by some.</summary>
    private static Task WriteImageAsync(string path, Random random, float brighter)
    {
        float[] image = new float[1728];
        for (int v = 0; v < image.Length; v++)
        {
            bool central = v % 12 is > 3 and < 8 && v / 12 % 12 is > 3 and < 8 && v / 144 is > 3 and < 8;
            image[v] = 1 + 0.15f * ((float)random.NextDouble() + (brighter >= 3 ? brighter : central ? 1.5f * brighter : 0));
        }

        return NiftiFile.WriteAsync(path, new Volume<float>(Grid, image), Cancel);
    }

    private sealed class Told(List<FinetuningProgress> all) : IProgress<FinetuningProgress>
    {
        public void Report(FinetuningProgress value) => all.Add(value);
    }
}
