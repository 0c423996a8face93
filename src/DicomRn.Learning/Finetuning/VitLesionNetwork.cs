using System.Globalization;
using DicomRn.Learning.Model;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Finetuning;

/// <summary>The Vision Transformer on T1CE and mask, alone or with clinical variables.</summary>
internal sealed class VitLesionNetwork : LesionNetwork
{
    private const string PatchKernels = "patch_embedding.patch_embeddings.weight";
    private const string ClassToken = "cls_token";
    private readonly ClinicalFusion? _fusion;
    private readonly FinetuningSettings _settings;
    private readonly ScalarType _precision;

    /// <param name="configuration">Sizes, with two channels.</param>
    /// <param name="settings">What is trained and how.</param>
    /// <param name="fusion">How clinical variables come in.</param>
    /// <param name="clinicalSizes">How many numbers each group of clinical variables has.</param>
    public VitLesionNetwork(
        VitConfiguration configuration, FinetuningSettings settings, ClinicalFusionKind fusion, IReadOnlyList<int> clinicalSizes)
        : base(nameof(VitLesionNetwork))
    {
        _settings = settings;
        _precision = settings.Precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        Encoder = new VisionTransformer(configuration);
        register_module("encoder", Encoder);
        if (fusion != ClinicalFusionKind.None)
        {
            _fusion = new ClinicalFusion(configuration, fusion, clinicalSizes);
            register_module("fusion", _fusion);
        }
    }

    public VisionTransformer Encoder { get; }

    /// <summary>
    /// Takes over a pre-trained encoder; the head stays as it is. One of T1CE alone gets a channel for the mask, one without a class token
    /// gets one of zeros where that is asked for.
    /// </summary>
    /// <exception cref="InvalidDataException">It is of other sizes.</exception>
    public void Import(IReadOnlyDictionary<string, StoredTensor> pretrained)
    {
        Dictionary<string, StoredTensor> own = Encoder.Export().ToDictionary();
        Dictionary<string, StoredTensor> taken = pretrained.ToDictionary();
        if (taken.TryGetValue(PatchKernels, out StoredTensor? kernels) && kernels.Shape.Count == 5 && kernels.Shape[1] == 1)
            taken[PatchKernels] = WithMaskChannel(kernels, own[PatchKernels]);
        foreach (string head in own.Keys.Where(k => k.StartsWith("classification_head.", StringComparison.Ordinal)))
            taken[head] = own[head];
        if (_settings.Pooling == TokenPooling.AddedClassToken && own.TryGetValue(ClassToken, out StoredTensor? zeros))
            taken.TryAdd(ClassToken, zeros);
        Encoder.Import(taken);
    }

    public override Tensor Logits(Tensor input, Tensor? clinical)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Encoder.Encode(input.to(_precision)), pooled = Encoder.Pool(tokens, _settings.Pooling, input);
        Tensor logits = _fusion is null ? Encoder.Logits(pooled)
            : _fusion.Logits(pooled, tokens, clinical ?? throw new ArgumentNullException(nameof(clinical)));
        return logits.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    public override Tensor Embed(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Encoder.Pool(Encoder.Encode(input.to(_precision)), _settings.Pooling, input).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    public override IEnumerable<(string Name, Parameter Parameter)> Trained() => named_parameters().Where(p => IsTrained(p.name));

    /// <summary>The head learns at the full rate, each layer below it slower (Bao et al. 2022).</summary>
    public override double RateFactor(string parameter) =>
        Math.Pow(_settings.LayerDecay, Encoder.Configuration.Layers + 1 - Layer(parameter));

    private bool IsTrained(string parameter) => _settings.Trained switch
    {
        TrainedPart.Full => true,
        TrainedPart.LastBlocks => Layer(parameter) > Encoder.Configuration.Layers - _settings.TrainedBlocks,
        _ => Layer(parameter) > Encoder.Configuration.Layers && !parameter.StartsWith("encoder.norm.", StringComparison.Ordinal),
    };

    /// <summary>0 for patches, positions and class token, n for the n-th block, one more than the blocks for what is above.</summary>
    private int Layer(string parameter)
    {
        if (parameter.StartsWith("encoder.patch_embedding.", StringComparison.Ordinal) || parameter == "encoder." + ClassToken)
            return 0;
        const string Blocks = "encoder.blocks.";
        return parameter.StartsWith(Blocks, StringComparison.Ordinal)
            ? 1 + int.Parse(parameter.AsSpan(Blocks.Length, parameter.IndexOf('.', Blocks.Length) - Blocks.Length), CultureInfo.InvariantCulture)
            : Encoder.Configuration.Layers + 1;
    }

    /// <summary>The new channel at 0, or a tenth of the spread of the first one, from this network's random kernels.</summary>
    private StoredTensor WithMaskChannel(StoredTensor image, StoredTensor own)
    {
        int outputs = (int)image.Shape[0], voxels = image.Values.Length / outputs;
        if (own.Shape[0] != outputs || own.Values.Length != 2 * image.Values.Length)
            return image; // told by the import
        float scale = 0;
        if (_settings.MaskKernel == MaskKernel.Small)
            scale = 0.1f * (float)Math.Sqrt(image.Values.Sum(v => (double)v * v) / Math.Max(1e-12, own.Values.Sum(v => (double)v * v) / 2));
        float[] both = new float[own.Values.Length];
        for (int n = 0; n < outputs; n++)
        {
            image.Values.AsSpan(n * voxels, voxels).CopyTo(both.AsSpan(2 * n * voxels));
            for (int v = 0; v < voxels; v++)
                both[(2 * n + 1) * voxels + v] = scale * own.Values[(2 * n + 1) * voxels + v];
        }

        return new StoredTensor(own.Shape, both);
    }
}
