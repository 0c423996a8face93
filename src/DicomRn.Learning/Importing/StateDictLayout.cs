using System.Globalization;
using DicomRn.Learning.Model;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Importing;

/// <summary>The sizes of a ViT from the shapes of its tensors, and everything that does not fit them.</summary>
internal sealed class StateDictLayout
{
    /// <summary>Hidden size per head where nothing is said: that of every ViT in the literature.</summary>
    public const int HeadSize = 64;

    private const int Any = -1;
    private static readonly string[] HeadNames = ["classification_head", "classification_head.0"];
    private readonly IReadOnlyDictionary<string, SafeTensorEntry> _tensors;
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, long[]> _expected = [];

    public StateDictLayout(IReadOnlyDictionary<string, SafeTensorEntry> tensors, StateDictOptions options)
    {
        _tensors = tensors;
        VitConfiguration read = Measure(options);
        Expect(read, options);
        Compare(options);
        foreach (var group in tensors.Values.Where(t => !t.IsReadable).GroupBy(t => t.Type))
            _faults.Add($"of type {group.Key} ({SafeTensors.ReadableTypes} can be read): {StateDictNames.Some(group.Select(t => t.Name))}");
        if (_faults.Count == 0)
            Validate(read);
        Configuration = read;
    }

    /// <summary>The sizes; to be used where there are no faults.</summary>
    public VitConfiguration Configuration { get; }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The name of the head's weights without <c>.weight</c>: MONAI puts it into a Sequential where an activation follows.</summary>
    public static string? HeadName(IReadOnlyDictionary<string, SafeTensorEntry> tensors) =>
        HeadNames.FirstOrDefault(name => tensors.ContainsKey(name + ".weight"));

    private VitConfiguration Measure(StateDictOptions options)
    {
        (int channels, int patch, int hidden) = Kernels();
        int grid = Grid();
        string? linear = _tensors.Keys.FirstOrDefault(n => n.StartsWith("blocks.", StringComparison.Ordinal) && n.EndsWith(".mlp.linear1.weight", StringComparison.Ordinal));
        int[] blocks = [.. _tensors.Keys.Where(n => n.StartsWith("blocks.", StringComparison.Ordinal))
            .Select(n => int.TryParse(n.Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out int block) ? block : Any)];
        int layers = Math.Min(blocks.DefaultIfEmpty(Any).Max() + 1, 128);
        if (layers < 1)
            _faults.Add("no block: blocks.0.attn.qkv.weight and so on");
        return new VitConfiguration
        {
            InChannels = channels,
            PatchSize = patch,
            ImageSize = grid * patch,
            HiddenSize = hidden,
            MlpSize = linear is null ? Any : Dimension(_tensors[linear], 0),
            Layers = layers,
            Heads = Heads(hidden, options),
            QkvBias = _tensors.Keys.Any(n => n.EndsWith(".attn.qkv.bias", StringComparison.Ordinal)),
            ClassToken = _tensors.ContainsKey("cls_token"),
            HeadOutputs = options.WithHead ? 1 : 0,
        };
    }

    private (int Channels, int Patch, int Hidden) Kernels()
    {
        bool isConvolution = _tensors.TryGetValue(StateDictNames.ConvolutionKernels, out SafeTensorEntry? kernels);
        kernels ??= _tensors[StateDictNames.PerceptronKernels];
        IReadOnlyList<long> shape = kernels.Shape;
        if (isConvolution && shape is [_, 1 or 2, > 0 and <= 512, _, _] && shape[2] == shape[3] && shape[3] == shape[4])
            return ((int)shape[1], (int)shape[2], Dimension(kernels, 0));
        if (!isConvolution && shape.Count == 2)
        {
            foreach (int channels in new[] { 1, 2 })
            {
                if (shape[1] % channels == 0 && CubeRoot(shape[1] / channels) is int edge)
                    return (channels, edge, Dimension(kernels, 0));
            }
        }

        _faults.Add($"{kernels.Name} has shape {Text(shape)} instead of "
            + (isConvolution ? "[hidden, channels, patch, patch, patch]" : "[hidden, patch³ × channels]") + " with 1 channel (T1CE) or 2 (T1CE, mask)");
        return (1, 1, shape.Count > 0 ? Dimension(kernels, 0) : Any);
    }

    private int Grid()
    {
        if (!_tensors.TryGetValue("patch_embedding.position_embeddings", out SafeTensorEntry? positions))
            return 1; // told as missing
        if (positions.Shape.Count == 3 && CubeRoot(positions.Shape[1]) is int edge)
            return edge;
        _faults.Add($"{positions.Name} has shape {Text(positions.Shape)} instead of [1, patches, hidden] with as many patches as a cube has");
        return 1;
    }

    private int Heads(int hidden, StateDictOptions options)
    {
        if (options.Heads is null && hidden % HeadSize != 0)
            _faults.Add($"the number of heads is not in the file, and {HeadSize} does not divide the hidden size {hidden}: state the heads");
        else if (options.Heads is { } heads && (heads < 1 || hidden % heads != 0))
            _faults.Add($"{heads} heads do not divide the hidden size {hidden}");
        return options.Heads ?? Math.Max(1, hidden / HeadSize);
    }

    private void Expect(VitConfiguration c, StateDictOptions options)
    {
        long h = c.HiddenSize, mlp = c.MlpSize;
        string kernels = _tensors.ContainsKey(StateDictNames.ConvolutionKernels) ? StateDictNames.ConvolutionKernels : StateDictNames.PerceptronKernels;
        _expected[kernels] = [.. Enumerable.Repeat((long)Any, _tensors[kernels].Shape.Count)]; // judged by Kernels
        _expected[kernels[..^"weight".Length] + "bias"] = [h];
        _expected["patch_embedding.position_embeddings"] = [1, Any, h];
        for (int n = 0; n < c.Layers; n++)
        {
            ExpectPair($"blocks.{n}.norm1", h);
            ExpectPair($"blocks.{n}.norm2", h);
            ExpectPair($"blocks.{n}.attn.out_proj", h, h);
            ExpectPair($"blocks.{n}.mlp.linear1", mlp, h);
            ExpectPair($"blocks.{n}.mlp.linear2", h, mlp);
            ExpectPair($"blocks.{n}.attn.qkv", 3 * h, h);
            if (!c.QkvBias)
                _expected.Remove($"blocks.{n}.attn.qkv.bias");
        }

        ExpectPair("norm", h);
        if (c.ClassToken)
            _expected["cls_token"] = [1, 1, h];
        if (!options.WithHead)
            return;
        string head = HeadName(_tensors) ?? "classification_head";
        _expected[head + ".weight"] = [Any, h];
        _expected[head + ".bias"] = [Any];
        CheckHead(head);
    }

    private void ExpectPair(string layer, params long[] weight)
    {
        _expected[layer + ".weight"] = weight;
        _expected[layer + ".bias"] = [weight[0]];
    }

    private void CheckHead(string head)
    {
        if (!_tensors.TryGetValue(head + ".weight", out SafeTensorEntry? weight))
            return; // told as missing
        if (weight.Shape.Count == 2 && weight.Shape[0] is not (1 or 2))
            _faults.Add($"the head has {weight.Shape[0]} outputs; one (progression) or two (necrosis, progression) can be used");
        if (_tensors.TryGetValue(head + ".bias", out SafeTensorEntry? bias) && weight.Shape.Count == 2 && !bias.Shape.SequenceEqual([weight.Shape[0]]))
            _faults.Add($"{bias.Name} has shape {Text(bias.Shape)} instead of [{weight.Shape[0]}]");
    }

    private void Compare(StateDictOptions options)
    {
        string[] missing = [.. _expected.Keys.Where(n => !_tensors.ContainsKey(n))];
        if (missing.Length > 0)
        {
            bool noHead = options.WithHead && HeadName(_tensors) is null;
            _faults.Add($"missing: {StateDictNames.Some(missing)}" + (noHead ? " (without a head it can be imported as an encoder and fine-tuned)" : ""));
        }

        string[] unexpected = [.. _tensors.Where(t => !_expected.ContainsKey(t.Key)).Select(t => t.Value.Name)];
        if (unexpected.Length > 0)
            _faults.Add($"unexpected: {StateDictNames.Some(unexpected)}");
        foreach ((string name, long[] shape) in _expected)
        {
            if (_tensors.TryGetValue(name, out SafeTensorEntry? tensor) && !Fits(tensor.Shape, shape))
                _faults.Add($"{tensor.Name} has shape {Text(tensor.Shape)} instead of {Text(shape)}");
        }
    }

    private void Validate(VitConfiguration read)
    {
        try
        {
            read.Validate();
        }
        catch (ArgumentException e)
        {
            _faults.Add(e.Message);
        }
    }

    private static bool Fits(IReadOnlyList<long> shape, long[] expected) =>
        shape.Count == expected.Length && shape.Zip(expected).All(pair => pair.Second == Any || pair.First == pair.Second);

    private static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape.Select(d => d < 0 ? "…" : d.ToString(CultureInfo.InvariantCulture)))}]";

    private static int Dimension(SafeTensorEntry tensor, int index) =>
        index < tensor.Shape.Count ? (int)Math.Min(tensor.Shape[index], int.MaxValue / 4) : Any;

    private static int? CubeRoot(long count)
    {
        int edge = (int)Math.Round(Math.Cbrt(count));
        return edge > 0 && (long)edge * edge * edge == count ? edge : null;
    }
}
