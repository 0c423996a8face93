using DicomRn.Learning.Importing;
using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;
using DicomRn.TestSupport;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Importing;

/// <summary>The same tokens and logits as PyTorch, to 1e-4.</summary>
public sealed class ImportedModelTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, MonaiVit> Cases { get; } = new()
    {
        ["ViT, two channels, one output"] = new() { },
        ["ViTAutoEnc: one channel, no class token, decoder"] = new()
        {
            Channels = 1,
            Image = 32,
            Hidden = 64,
            Heads = 1,
            ClassToken = false,
            Outputs = 0,
            Axes = "LPS",
            Unused = true,
            Prefix = "module.",
        },
        ["qkv bias, perceptron, two outputs in a Sequential, our axes"] = new()
        {
            QkvBias = true,
            Perceptron = true,
            Outputs = 2,
            Sequential = true,
            Axes = "SPL",
        },
        ["perceptron turned, one channel, no class token"] = new() { Channels = 1, Perceptron = true, ClassToken = false, Outputs = 0, Axes = "PIR" },
        ["F16, default heads, low output means progression"] = new()
        {
            Channels = 1,
            Image = 48,
            Patch = 16,
            Hidden = 128,
            Heads = 2,
            Axes = "AIR",
            Progression = 0,
            Type = "F16",
        },
        ["BF16, mask first, qkv bias, nested prefix, first output is progression"] = new()
        {
            QkvBias = true,
            MaskFirst = true,
            Outputs = 2,
            Progression = 0,
            Type = "BF16",
            Prefix = "state_dict.module.encoder.",
            Axes = "RPI",
            Unused = true,
        },
        ["ViT-B/16 at 96³"] = new()
        {
            Batch = 1,
            Image = 96,
            Patch = 16,
            Hidden = 768,
            Mlp = 3072,
            Layers = 12,
            Heads = 12,
            Outputs = 2,
            Sequential = true,
            Spread = 0.02,
        },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tokens_and_logits_are_those_of_PyTorch(string name)
    {
        MonaiVit vit = Cases[name];
        IReadOnlyDictionary<string, StoredTensor> expected = await vit.RunAsync(_folder.Path, TestContext.Current.CancellationToken);
        ImportedModel model = ImportedModel.Read(_folder["vit.safetensors"], Options(vit));
        VitConfiguration sizes = new()
        {
            InChannels = vit.Channels,
            ImageSize = vit.Image,
            PatchSize = vit.Patch,
            HiddenSize = vit.Hidden,
            MlpSize = vit.Mlp,
            Layers = vit.Layers,
            Heads = vit.Heads,
            QkvBias = vit.QkvBias,
            ClassToken = vit.ClassToken,
            HeadOutputs = Math.Min(1, vit.Outputs),
        };
        Assert.Equal(sizes, model.Configuration);
        using var scope = NewDisposeScope();
        (Tensor tokens, Tensor? logits) = Compute(model, expected["input"]);
        AssertClose(expected["tokens"], tokens);
        if (vit.Outputs > 0)
            AssertClose(expected["logits"], logits!);
    }

    [Fact]
    public async Task Other_axes_heads_or_channels_than_those_of_the_training_give_something_else()
    {
        MonaiVit vit = new();
        IReadOnlyDictionary<string, StoredTensor> expected = await vit.RunAsync(_folder.Path, TestContext.Current.CancellationToken);
        StateDictOptions right = Options(vit);
        foreach (StateDictOptions wrong in new[] { right with { Axes = SourceAxes.Own }, right with { Heads = 2 }, right with { MaskFirst = true } })
        {
            using var scope = NewDisposeScope();
            (Tensor tokens, _) = Compute(ImportedModel.Read(_folder["vit.safetensors"], wrong), expected["input"]);
            Assert.True(Difference(expected["tokens"], tokens) > 0.05);
        }
    }

    private static StateDictOptions Options(MonaiVit vit) => new()
    {
        Axes = SourceAxes.TryParse(vit.Axes)!,
        Heads = vit.Heads == vit.Hidden / StateDictLayout.HeadSize ? null : vit.Heads,
        MaskFirst = vit.MaskFirst,
        ProgressionClass = vit.Progression,
        WithHead = vit.Outputs > 0,
    };

    private static (Tensor Tokens, Tensor? Logits) Compute(ImportedModel model, StoredTensor input)
    {
        using var inference = inference_mode();
        using VisionTransformer network = new(model.Configuration);
        network.Import(model.Weights);
        network.eval();
        Tensor tokens = network.Encode(tensor(input.Values, [.. input.Shape]));
        return (tokens, model.Configuration.HeadOutputs == 0 ? null : network.Logits(network.Pool(tokens)));
    }

    private static double Difference(StoredTensor expected, Tensor actual) =>
        expected.Values.Zip(TensorTransfer.Store(actual).Values).Max(v => Math.Abs((double)v.First - v.Second));

    private static void AssertClose(StoredTensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.shape);
        double spread = expected.Values.Max() - expected.Values.Min(), largest = Difference(expected, actual);
        Assert.True(largest < Tolerance, $"largest difference {largest:G3} of values that spread over {spread:G3}");
        Assert.True(expected.Values.Length < 10 || spread > 1, $"values that all are the same prove nothing: spread {spread:G3}");
    }
}
