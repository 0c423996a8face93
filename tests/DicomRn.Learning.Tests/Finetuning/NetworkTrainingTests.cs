using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Finetuning;

[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class NetworkTrainingTests
{
    private static readonly FinetuningConfiguration Configuration = new()
    {
        Name = "test",
        Cohort = "",
        Run = "",
        Training = new FinetuningSettings { Epochs = 14, BatchSize = 8, LearningRate = 3e-3, LayerDecay = 1, Views = ViewSettings.None },
    };

    public NetworkTrainingTests() => TorchRuntime.Initialize();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TokenPooling.ClassToken)]
    [InlineData(TokenPooling.Mean)]
    [InlineData(TokenPooling.Lesion)]
    [InlineData(TokenPooling.Centre)]
    public void Transformer_learns_what_is_in_the_image(TokenPooling pooling)
    {
        FinetuningConfiguration configuration = Configuration with { Training = Configuration.Training with { Pooling = pooling } };
        Assert.True(Auc(configuration, MadeUpCases.Make(60, inImage: true, inMonths: false)) > 0.95);
    }

    [Fact]
    public void Convolutional_network_learns_what_is_in_the_image_and_nothing_else()
    {
        FinetuningConfiguration cnn = Configuration with { Classifier = ClassifierKind.Cnn, Cnn = new CnnSettings { Channels = [8, 16] } };
        Assert.True(Auc(cnn, MadeUpCases.Make(60, inImage: true, inMonths: false)) > 0.95);
        Assert.InRange(Auc(cnn, MadeUpCases.Make(60, inImage: false, inMonths: true)), 0.1, 0.9);
    }

    [Fact]
    public void Convolutional_network_is_restored_from_its_weights()
    {
        FinetuningConfiguration cnn = Configuration with
        {
            Classifier = ClassifierKind.Cnn,
            Cnn = new CnnSettings { Channels = [8, 16], DropoutRate = 0.5 },
            Training = Configuration.Training with { Epochs = 2 },
        };
        LesionCases cases = MadeUpCases.Make(24, true, false);
        int[] development = cases.Of(CohortSplit.Development), tests = cases.Of(CohortSplit.HeldOut);
        NetworkTraining training = new(cnn, MadeUpCases.Tiny, null, CPU);
        using ITrainedClassifier trained = training.Train(cases, development, 1, null, Cancel);
        using DicomRn.TestSupport.TemporaryFolder folder = new();
        trained.Write(folder.Path);
        IReadOnlyDictionary<string, StoredTensor> weights = SafeTensors.Read(folder["weights.safetensors"]);
        using TrainedNetwork restored = training.Restore(cases, development, weights);
        Assert.All(trained.Logits(cases, tests, Cancel), z => Assert.True(double.IsFinite(z)));
        Assert.Equal(trained.Logits(cases, tests, Cancel), restored.Logits(cases, tests, Cancel));
        Assert.Equal(16, restored.Embeddings(cases, tests, Cancel)[0].Length);
        Assert.Throws<InvalidDataException>(() => new NetworkTraining(Configuration, MadeUpCases.Tiny, null, CPU).Restore(cases, development, weights));
    }

    [Fact]
    public void Settings_of_the_convolutional_network_are_checked()
    {
        FinetuningConfiguration wrong = Configuration with
        {
            Classifier = ClassifierKind.Cnn,
            Fusion = ClinicalFusionKind.Concatenation,
            Cnn = new CnnSettings { Channels = [16, 0], DropoutRate = 1 },
            Training = Configuration.Training with { Precision = TrainingPrecision.BFloat16 },
        };
        Assert.Equal(
            ["fusion: only with the classifier vit", "training.Precision: float32 with the classifier cnn", "cnn.Channels: 1 to 8 stages of 1 to 4096", "cnn.DropoutRate: 0 to below 1"],
            wrong.Faults());
        Assert.Empty((Configuration with { Classifier = ClassifierKind.Cnn }).Faults());
    }

    [Theory]
    [InlineData(ClinicalFusionKind.CrossAttention)]
    [InlineData(ClinicalFusionKind.Concatenation)]
    public void Fusion_learns_what_is_in_the_variables_alone(ClinicalFusionKind fusion)
    {
        FinetuningConfiguration configuration = Configuration with { Fusion = fusion, ClinicalGroups = [ClinicalGroup.Time, ClinicalGroup.Volume] };
        LesionCases cases = MadeUpCases.Make(60, inImage: false, inMonths: true);
        Assert.True(Auc(configuration, cases) > 0.95);
        Assert.InRange(Auc(Configuration, cases), 0.1, 0.9);
    }

    [Fact]
    public void Same_seed_gives_the_same_classifier_with_any_number_of_workers()
    {
        LesionCases cases = MadeUpCases.Make(24, true, false);
        FinetuningConfiguration augmented = Configuration with { Training = Configuration.Training with { Epochs = 2, Views = new ViewSettings() } };
        FinetuningConfiguration threaded = augmented with { Training = augmented.Training with { Workers = 3 } };
        Assert.Equal(Logits(augmented, cases, 4), Logits(threaded, cases, 4));
        Assert.NotEqual(Logits(augmented, cases, 4), Logits(augmented, cases, 5));
    }

    [Fact]
    public void Probe_leaves_the_encoder_as_it_was_pre_trained()
    {
        manual_seed(1);
        using VisionTransformer pretrained = new(MadeUpCases.Tiny with { InChannels = 1 });
        IReadOnlyDictionary<string, StoredTensor> before = pretrained.Export();
        FinetuningConfiguration probe = Configuration with { Training = Configuration.Training with { Trained = TrainedPart.Probe, Epochs = 2 } };
        LesionCases cases = MadeUpCases.Make(24, true, false);
        using ITrainedClassifier trained = new NetworkTraining(probe, MadeUpCases.Tiny, before, CPU)
            .Train(cases, cases.Of(CohortSplit.Development), 1, null, Cancel);
        using DicomRn.TestSupport.TemporaryFolder folder = new();
        trained.Write(folder.Path);
        IReadOnlyDictionary<string, StoredTensor> after = SafeTensors.Read(folder["weights.safetensors"]);
        Assert.Equal(before["blocks.1.mlp.linear1.weight"].Values, after["encoder.blocks.1.mlp.linear1.weight"].Values);
        Assert.Equal(before["norm.weight"].Values, after["encoder.norm.weight"].Values);
        Assert.NotEqual(before["classification_head.weight"].Values, after["encoder.classification_head.weight"].Values);
    }

    private static double Auc(FinetuningConfiguration configuration, LesionCases cases)
    {
        int[] tests = [.. cases.Of(CohortSplit.HeldOut), .. cases.Of(CohortSplit.External)];
        using ITrainedClassifier trained = new NetworkTraining(configuration, MadeUpCases.Tiny, null, CPU)
            .Train(cases, cases.Of(CohortSplit.Development), 1, null, Cancel);
        return RocAuc.DeLong(trained.Logits(cases, tests, Cancel), [.. tests.Select(n => cases.Progression[n])]).Auc;
    }

    private static double[] Logits(FinetuningConfiguration configuration, LesionCases cases, int seed)
    {
        using ITrainedClassifier trained = new NetworkTraining(configuration, MadeUpCases.Tiny, null, CPU)
            .Train(cases, cases.Of(CohortSplit.Development), seed, null, Cancel);
        return trained.Logits(cases, cases.Of(CohortSplit.HeldOut), Cancel);
    }
}
