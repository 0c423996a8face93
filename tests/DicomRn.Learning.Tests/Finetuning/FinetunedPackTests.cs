using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Explanation;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;
using DicomRn.TestSupport;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Finetuning;

[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class FinetunedPackTests : IDisposable
{
    private static readonly PreprocessingSettings Crops = new() { CropVoxels = MadeUpCases.Voxels };
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(12, 12, 12, 1, PatientPoint.Origin);
    private readonly TemporaryFolder _folder = new();

    public FinetunedPackTests() => TorchRuntime.Initialize();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ClinicalFusionKind.None, TokenPooling.ClassToken)]
    [InlineData(ClinicalFusionKind.None, TokenPooling.Mean)]
    [InlineData(ClinicalFusionKind.None, TokenPooling.Lesion)]
    [InlineData(ClinicalFusionKind.None, TokenPooling.Centre)]
    [InlineData(ClinicalFusionKind.CrossAttention, TokenPooling.ClassToken)]
    [InlineData(ClinicalFusionKind.CrossAttention, TokenPooling.Mean)]
    [InlineData(ClinicalFusionKind.Concatenation, TokenPooling.ClassToken)]
    public void Pack_gives_the_logits_of_the_trained_network_with_and_without_clinical_data(ClinicalFusionKind fusion, TokenPooling pooling)
    {
        FinetuningConfiguration configuration = Configuration(fusion, pooling);
        LesionCases cases = Cases(), nothingKnown = new(cases.Crops, [.. cases.Entries.Select(e => e with { Clinical = new CohortClinicalData() })], 1);
        ModelPack pack = Write(configuration, cases, out FinetuningResult result);
        int[] tests = [.. cases.Of(CohortSplit.HeldOut), .. cases.Of(CohortSplit.External)];
        using ITrainedClassifier trained = Training(configuration).Train(
            cases, cases.Of(CohortSplit.Development), configuration.Training.Seed * 100_003, null, Cancel);
        using LesionClassifier classifier = new(ModelPack.Load(pack.Folder), new InferenceSettings { Device = ComputeDevice.Cpu });
        double[] withData = [.. tests.Select(n => classifier.Logit(Crop(cases, n), cases.Entries[n].Clinical))];
        double[] without = [.. tests.Select(n => classifier.Logit(Crop(nothingKnown, n), new CohortClinicalData()))];
        AssertClose(trained.Logits(cases, tests, Cancel), withData);
        AssertClose(trained.Logits(nothingKnown, tests, Cancel), without);
        Assert.True(withData.Distinct().Count() > 1);
        if (fusion != ClinicalFusionKind.None)
            Assert.Contains(Enumerable.Range(0, tests.Length), n => Math.Abs(withData[n] - without[n]) > 1e-3);

        Assert.All(withData, z => Assert.Equal(result.Calibration.Probability(z), pack.Manifest.Calibration.Probability(z), 1e-12));
        Assert.Equal(result.Decision, pack.Manifest.Decision);
        Assert.True(pack.Manifest.Novelty.LargestDistance > 0);
    }

    [Fact]
    public void Lesion_without_a_variable_that_no_training_case_lacked_is_not_classified()
    {
        LesionCases some = Cases(), cases = new(some.Crops, [.. some.Entries.Select(e => e with { Clinical = e.Clinical with { Surgery = false } })], 1);
        FinetuningConfiguration configuration = Configuration(ClinicalFusionKind.CrossAttention, TokenPooling.ClassToken);
        ModelPack pack = Write(configuration with { Training = configuration.Training with { HiddenClinicalShare = 0 } }, cases, out _);
        Assert.Equal(["months since radiosurgery", "surgery of the lesion", "volume of the lesion"], pack.Manifest.Fusion!.Variables.Where(v => v.Missing == 0).Select(v => v.Name).Order());
        using LesionClassifier classifier = new(pack, new InferenceSettings { Device = ComputeDevice.Cpu });
        PhantomHead head = PhantomHead.Generate(
            new PhantomOptions { Seed = 41, LesionCount = 1, Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(41), 2, 2, 5, 0) }, Cancel);
        CohortClinicalData known = new() { MonthsSinceRadiosurgery = 8, Surgery = true };
        LesionClassification without = classifier.Classify(head.T1ce, head.Lesions[0].Mask, known with { Surgery = null }, Cancel);
        Assert.Equal((LesionDecision.Undetermined, UndeterminedReason.ClinicalDataMissing), (without.Decision, without.Reason));
        Assert.Contains("lacked surgery of the lesion;", without.ReasonText, StringComparison.Ordinal);
        LesionClassification with = classifier.Classify(head.T1ce, head.Lesions[0].Mask, known, Cancel);
        Assert.NotEqual(UndeterminedReason.ClinicalDataMissing, with.Reason);
        Assert.Contains(new ClinicalValue("surgery of the lesion", "yes"), with.Clinical);
        Assert.Contains(new ClinicalValue("primary tumour", null), with.Clinical);
    }

    [Fact]
    public void Where_values_were_hidden_in_training_none_is_needed()
    {
        LesionCases some = Cases(), cases = new(some.Crops, [.. some.Entries.Select(e => e with { Clinical = e.Clinical with { Surgery = false } })], 1);
        ModelPack pack = Write(Configuration(ClinicalFusionKind.CrossAttention, TokenPooling.ClassToken), cases, out _);
        Assert.Equal(0.2, pack.Manifest.Fusion!.HiddenShare);
        Assert.Contains("20 % of the values", File.ReadAllText(Path.Combine(pack.Folder, ModelPack.CardName)), StringComparison.Ordinal);
        using LesionClassifier classifier = new(pack, new InferenceSettings { Device = ComputeDevice.Cpu });
        PhantomHead head = PhantomHead.Generate(
            new PhantomOptions { Seed = 41, LesionCount = 1, Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(41), 2, 2, 5, 0) }, Cancel);
        LesionClassification without = classifier.Classify(head.T1ce, head.Lesions[0].Mask, Cancel);
        Assert.NotEqual(UndeterminedReason.ClinicalDataMissing, without.Reason);
        Assert.Contains(new ClinicalValue("surgery of the lesion", null), without.Clinical);
    }

    [Theory]
    [InlineData(ClinicalFusionKind.CrossAttention)]
    [InlineData(ClinicalFusionKind.Concatenation)]
    public void Maps_of_a_pack_with_clinical_variables_are_measured_with_those_of_the_phantoms(ClinicalFusionKind fusion)
    {
        ModelPack pack = Write(Configuration(fusion, TokenPooling.ClassToken), Cases(), out _);
        ExplanationResult result = ExplanationMeasurement.Run(pack, 4, 1, new InferenceSettings { Threads = 1 }, null, Cancel);
        Assert.Equal(["fusion", "norm", "blocks.1", "blocks.0", "cls_token", "patch_embedding"], result.Sanity.Select(s => s.Part).Distinct());
        // The fusion stands above the transformer, whose attention it does not change.
        Assert.All(result.Sanity.Where(s => s.Part == "fusion"), s => Assert.Equal(1, s.Correlation.Mean!.Value, 1e-6));
        Assert.All(result.Sanity.Where(s => s.Part == "patch_embedding"), s => Assert.True(s.Correlation.Mean < 0.9, $"{s}"));
        Assert.All(result.Occlusion.Where(o => !o.Map.StartsWith("control", StringComparison.Ordinal)), o => Assert.Equal(4, o.Correlation.Lesions));
    }

    [Theory]
    [InlineData(ClinicalFusionKind.None)]
    [InlineData(ClinicalFusionKind.CrossAttention)]
    public void Occlusion_asks_the_whole_model_clinical_variables_included(ClinicalFusionKind fusion)
    {
        LesionCases cases = Cases();
        ModelPack pack = Write(Configuration(fusion, TokenPooling.Mean), cases, out _);
        using PackNetwork network = PackNetwork.Read(pack);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor input = LesionInput.Of(Crop(cases, 0), 2, CPU);
        CohortClinicalData early = new() { MonthsSinceRadiosurgery = 2 }, late = new() { MonthsSinceRadiosurgery = 20 };
        Assert.Equal(network.Compute(input, early, 400).Logit.item<float>(), network.Logits(input.repeat(3, 1, 1, 1, 1), early, 400)[2].item<float>(), 1e-5);
        double[] Changes(CohortClinicalData clinical) => PatchOcclusion.Of(views => network.Logits(views, clinical, 400), MadeUpCases.Tiny, input, Cancel);
        Assert.Equal(fusion == ClinicalFusionKind.None, Changes(early).Zip(Changes(late)).All(c => Math.Abs(c.First - c.Second) < 1e-7));
        if (fusion == ClinicalFusionKind.None)
        {
            Assert.Throws<InvalidOperationException>(() => network.ForgetFusion(1));
            return;
        }

        float before = network.Logits(input, early, 400).item<float>();
        network.ForgetFusion(1);
        Assert.NotEqual(before, network.Logits(input, early, 400).item<float>());
    }

    [Fact]
    public void Weights_have_the_names_of_MONAI_and_no_head_that_was_not_trained()
    {
        Assert.Equal(
            ["blocks", "classification_head", "cls_token", "norm", "patch_embedding"], Names(ClinicalFusionKind.None));
        Assert.Equal(["blocks", "cls_token", "fusion", "norm", "patch_embedding"], Names(ClinicalFusionKind.CrossAttention));

        IEnumerable<string> Names(ClinicalFusionKind fusion) =>
            Write(Configuration(fusion, TokenPooling.ClassToken), Cases(), out _).ReadTensors("weights.safetensors").Keys
                .Select(k => k.Split('.')[0]).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Calibration_against_the_truth_gives_no_pack()
    {
        FinetuningConfiguration configuration = Configuration(ClinicalFusionKind.None, TokenPooling.ClassToken);
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => Write(configuration, Cases(), out _, result => result with { Calibration = new LogitCalibration(-0.5, 0, 40) }));
        Assert.Contains("slope -0.5", e.Message, StringComparison.Ordinal);
        Assert.Contains(configuration.Run, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["packs", "test-pack"]));
    }

    [Fact]
    public void Folder_of_something_else_is_not_written_to()
    {
        Directory.CreateDirectory(_folder["packs", "test-pack"]);
        File.WriteAllText(_folder["packs", "test-pack", "thesis.txt"], "mine");
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => Write(Configuration(ClinicalFusionKind.None, TokenPooling.ClassToken), Cases(), out _));
        Assert.Contains("thesis.txt", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"kind\": \"crossAttention\"", "\"kind\": \"none\"", "crossAttention or concatenation")]
    [InlineData("\"kind\": \"crossAttention\"", "\"kind\": \"concatenation\"", "weights.safetensors does not fit the manifest")]
    [InlineData("\"patient\",", "", "measured variables")]
    [InlineData("\"surgery\",", "", "in this order")]
    [InlineData("\"surgery of the lesion\"", "\"operation\"", "in this order")]
    [InlineData("\"logOnePlus\"", "\"linear\"", "months")]
    [InlineData("\"headOutputs\": 0", "\"headOutputs\": 1", "outputs")]
    [InlineData("\"breast\",", "", "weights.safetensors does not fit the manifest")]
    [InlineData("\"ownState\"", "\"mean\"", "missingValues")]
    public void Fusion_that_cannot_be_meant_is_refused(string text, string replacement, string said)
    {
        ModelPack pack = Write(Configuration(ClinicalFusionKind.CrossAttention, TokenPooling.ClassToken), Cases(), out _);
        string path = Path.Combine(pack.Folder, "manifest.json"), manifest = File.ReadAllText(path);
        Assert.Contains(text, manifest, StringComparison.Ordinal);
        File.WriteAllText(path, manifest.Replace(text, replacement, StringComparison.Ordinal));
        ModelPackException e = Assert.Throws<ModelPackException>(() => ModelPack.Load(pack.Folder));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains(pack.Folder, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_pack_is_checked_with_the_other_settings()
    {
        FinetuningConfiguration configuration = Configuration(ClinicalFusionKind.None, TokenPooling.ClassToken);
        Assert.Empty(configuration.Faults());
        Assert.Single((configuration with { Classifier = ClassifierKind.Volume, Fusion = ClinicalFusionKind.None }).Faults(), f => f.StartsWith("pack:", StringComparison.Ordinal));
        Assert.Single((configuration with { Pack = configuration.Pack! with { Name = "../outside" } }).Faults(), f => f.StartsWith("pack.Name:", StringComparison.Ordinal));
    }

    private FinetuningConfiguration Configuration(ClinicalFusionKind fusion, TokenPooling pooling) => new()
    {
        Name = "test",
        Cohort = "",
        Run = _folder[$"{fusion}-{pooling}"],
        Fusion = fusion,
        Training = new FinetuningSettings
        {
            Folds = 2,
            Epochs = 3,
            BatchSize = 8,
            LearningRate = 3e-3,
            LayerDecay = 1,
            Pooling = pooling,
            Views = ViewSettings.None,
            Calibration = fusion == ClinicalFusionKind.Concatenation ? CalibrationKind.Platt : CalibrationKind.Temperature,
        },
        Pack = new PackSettings
        {
            Folder = _folder["packs"],
            Name = "test-pack",
            Version = "1.0",
            IntendedUse = "Tests.",
            TrainingData = "Noisy cubes.",
            TrainedOnPhantoms = true,
        },
    };

    private static NetworkTraining Training(FinetuningConfiguration configuration) => new(configuration, MadeUpCases.Tiny, null, CPU);

    private static ModelPack Write(
        FinetuningConfiguration configuration, LesionCases cases, out FinetuningResult result, Func<FinetuningResult, FinetuningResult>? change = null)
    {
        NetworkTraining training = Training(configuration);
        IReadOnlyList<FoldLogit> logits = new CrossValidation(training, configuration.Training, configuration.Run, TimeProvider.System, needsDistances: true)
            .Run(cases, null, Cancel);
        result = FinetuningRun.Conclude(configuration, cases, logits);
        return new FinetunedPack(configuration, configuration.Pack!, MadeUpCases.Tiny, Crops, training)
            .Write(cases, logits, change is null ? result : change(result), Cancel);
    }

    /// <summary>Cases with all variables, of which every third is missing.</summary>
    private static LesionCases Cases()
    {
        LesionCases cases = MadeUpCases.Make(60, inImage: true, inMonths: true);
        return new LesionCases(cases.Crops, [.. cases.Entries.Select((e, n) => e with
        {
            Clinical = e.Clinical with
            {
                AgeYears = n % 3 == 0 ? null : 40 + (n % 30),
                Sex = n % 3 == 1 ? null : n % 2 == 0 ? PatientSex.Female : PatientSex.Male,
                Primary = n % 3 == 2 ? null : n % 4 < 2 ? "breast" : "NSCLC",
                DoseGy = n % 3 == 0 ? null : 18 + (n % 5),
                Fractions = n % 3 == 1 ? null : 1 + (n % 4),
                WholeBrainRadiotherapy = n % 3 == 2 ? null : n % 5 == 0,
                Surgery = n % 3 == 0 ? null : n % 7 == 0,
            },
        })], 1);
    }

    private static LesionCrop Crop(LesionCases cases, int index)
    {
        float[] image = new float[1728], mask = new float[1728];
        cases.Crops.Read(index, image, mask);
        return new LesionCrop(Grid, image, [.. mask.Select(m => (byte)m)], 1, mask.Count(m => m > 0));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
