using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>
/// A 3D Vision Transformer with one logit (above 0: progression), laid out and named as MONAI's <c>ViT</c> with
/// <c>proj_type="conv"</c>, <c>classification=True</c>, <c>num_classes=1</c>, <c>post_activation=None</c>; without a class token and a
/// head as MONAI's <c>ViTAutoEnc</c>.
/// </summary>
internal sealed class VisionTransformer : nn.Module<Tensor, Tensor>
{
    // Not a field: Torch replaces parameters when it moves a module to another device, and fields of other names would be left behind.
    private const string ClassTokenName = "cls_token";
    private const double CentreWidth = 1.0 / 6;
    private readonly PatchEmbedding _embedding;
    private readonly ModuleList<TransformerBlock> _blocks;
    private readonly LayerNorm _norm;
    private readonly Linear? _head;

    public VisionTransformer(VitConfiguration configuration)
        : base(nameof(VisionTransformer))
    {
        configuration.Validate();
        TorchRuntime.Initialize();
        Configuration = configuration;
        _embedding = new PatchEmbedding(configuration);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, configuration.Layers).Select(_ => new TransformerBlock(configuration))]);
        _norm = nn.LayerNorm(configuration.HiddenSize);
        register_module("patch_embedding", _embedding);
        if (configuration.ClassToken)
            register_parameter(ClassTokenName, new Parameter(zeros(1, 1, configuration.HiddenSize)));
        register_module("blocks", _blocks);
        register_module("norm", _norm);
        if (configuration.HeadOutputs == 0)
            return;
        _head = nn.Linear(configuration.HiddenSize, configuration.HeadOutputs);
        register_module("classification_head", _head);
    }

    public VitConfiguration Configuration { get; }

    /// <summary>[B, channels, D, H, W] to logits [B].</summary>
    public override Tensor forward(Tensor input) => Forward(input, keptPatches: null);

    /// <summary>The same from some of the patches alone (PatchDropout, Liu et al. 2022), which is faster in training.</summary>
    public Tensor Forward(Tensor input, long[]? keptPatches)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Tokens(input, keptPatches);
        foreach (TransformerBlock block in _blocks)
            tokens = block.call(tokens);
        return Logits(Embedding(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>Logits [B] and the normalised tokens of the kept patches [B, patches, hidden].</summary>
    public (Tensor Logits, Tensor PatchTokens) ForwardWithPatchTokens(Tensor input, long[]? keptPatches)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Tokens(input, keptPatches);
        foreach (TransformerBlock block in _blocks)
            tokens = block.call(tokens);
        tokens = _norm.Apply(tokens);
        return (Logits(Pool(tokens)).MoveToOuterDisposeScope(), PatchTokens(tokens).MoveToOuterDisposeScope());
    }

    /// <summary>Logits [B], embeddings (pooled normalised tokens) [B, hidden], and each layer's attention [B, heads, tokens, tokens].</summary>
    public (Tensor Logits, Tensor Embedding, IReadOnlyList<Tensor> Attention) ForwardWithAttention(Tensor input)
    {
        using var scope = NewDisposeScope();
        (Tensor tokens, IReadOnlyList<Tensor> attention) = EncodeWithAttention(input);
        Tensor embedding = Pool(tokens);
        foreach (Tensor layer in attention)
            layer.MoveToOuterDisposeScope();
        return (Logits(embedding).MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope(), attention);
    }

    /// <summary>
    /// Normalised tokens, the class token first where there is one, [B, tokens, hidden], and each layer's attention [B, heads, tokens, tokens].
    /// </summary>
    public (Tensor Tokens, IReadOnlyList<Tensor> Attention) EncodeWithAttention(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Tokens(input);
        List<Tensor> layers = [];
        foreach (TransformerBlock block in _blocks)
        {
            (tokens, Tensor attention) = block.ForwardWithAttention(tokens);
            layers.Add(attention.MoveToOuterDisposeScope());
        }

        return (_norm.Apply(tokens).MoveToOuterDisposeScope(), layers);
    }

    /// <summary>Logits [B] and embeddings [B, hidden].</summary>
    public (Tensor Logits, Tensor Embedding) Embed(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Tokens(input);
        foreach (TransformerBlock block in _blocks)
            tokens = block.call(tokens);
        Tensor embedding = Embedding(tokens);
        return (Logits(embedding).MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope());
    }

    /// <summary>Normalised tokens, the class token, if any, first, [B, tokens, hidden].</summary>
    /// <param name="input">[B, channels, D, H, W], in the precision to compute in.</param>
    /// <param name="kept">The patches that each sample is seen by, [B, kept]; null for all.</param>
    public Tensor Encode(Tensor input, Tensor? kept = null)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = WithClassToken(_embedding.Embed(input, kept));
        foreach (TransformerBlock block in _blocks)
            tokens = block.call(tokens);
        return _norm.Apply(tokens).MoveToOuterDisposeScope();
    }

    /// <summary>Logits [B] of class tokens or means of patch tokens [B, hidden].</summary>
    /// <exception cref="InvalidOperationException">There is no head.</exception>
    public Tensor Logits(Tensor pooled) =>
        (_head ?? throw new InvalidOperationException("The transformer has no classification head.")).Apply(pooled).squeeze(1);

    /// <summary>What stands for the images [B, hidden]: of their tokens, the class token, or the mean of the patches where that is asked for or all there is.</summary>
    public Tensor Pool(Tensor tokens, TokenPooling pooling = TokenPooling.ClassToken) =>
        pooling == TokenPooling.Mean || !Configuration.ClassToken ? PatchTokens(tokens).mean([1]) : tokens[TensorIndex.Colon, 0];

    /// <summary>The same, also by the lesion's mask.</summary>
    /// <param name="tokens">Of all patches, [B, tokens, hidden].</param>
    /// <param name="pooling">What stands for an image.</param>
    /// <param name="input">What the tokens are of, [B, channels, D, H, W]; the mask is the second channel.</param>
    public Tensor Pool(Tensor tokens, TokenPooling pooling, Tensor input) => pooling == TokenPooling.Lesion
        ? Weighted(tokens, LesionShares(input))
        : PoolSeen(tokens, pooling, kept: null);

    /// <summary>What stands for images that are seen by some of their patches.</summary>
    /// <param name="tokens">Of these patches, [B, tokens, hidden].</param>
    /// <param name="pooling">Not by the lesion.</param>
    /// <param name="kept">The patches, [B, kept]; null for all.</param>
    public Tensor PoolSeen(Tensor tokens, TokenPooling pooling, Tensor? kept) => pooling == TokenPooling.Centre
        ? Weighted(tokens, CentreShares(tokens.shape[0], tokens.device, kept))
        : Pool(tokens, pooling);

    /// <summary>How much each token counts in what stands for the images, [B, tokens], with the sum 1.</summary>
    /// <param name="pooling">What stands for an image.</param>
    /// <param name="input">[B, channels, D, H, W]; the mask is the second channel.</param>
    public Tensor PooledShares(TokenPooling pooling, Tensor input)
    {
        long images = input.shape[0];
        if (Configuration.ClassToken && pooling is TokenPooling.ClassToken or TokenPooling.AddedClassToken)
            return cat([ones(images, 1, device: input.device), zeros(images, Configuration.Patches, device: input.device)], 1);
        Tensor patches = pooling switch
        {
            TokenPooling.Lesion => LesionShares(input),
            TokenPooling.Centre => CentreShares(images, input.device, kept: null),
            _ => EvenShares(images, input.device),
        };
        return Configuration.ClassToken ? cat([zeros(images, 1, device: input.device), patches], 1) : patches;
    }

    /// <summary>The tokens of the patches, without the class token.</summary>
    public Tensor PatchTokens(Tensor tokens) => tokens.slice(1, Configuration.FirstPatch, tokens.shape[1], 1);

    /// <summary>The parameters by name, as stored.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Export() => ModuleWeights.Export(this);

    /// <summary>Takes over stored parameters.</summary>
    /// <exception cref="InvalidDataException">A parameter is missing, unknown, or of another shape.</exception>
    public void Import(IReadOnlyDictionary<string, StoredTensor> stored) => ModuleWeights.Import(this, stored);

    private Tensor Tokens(Tensor input, long[]? keptPatches = null)
    {
        Tensor? kept = keptPatches is null ? null : tensor(keptPatches, device: input.device).unsqueeze(0).expand(input.shape[0], -1);
        return WithClassToken(_embedding.Embed(input, kept));
    }

    private Tensor WithClassToken(Tensor patches) => Configuration.ClassToken
        ? cat([get_parameter(ClassTokenName)!.to(patches.dtype).expand(patches.shape[0], -1, -1), patches], 1)
        : patches;

    /// <summary>The share of the lesion that is in each patch, [B, patches], in 32 bits.</summary>
    private Tensor LesionShares(Tensor input)
    {
        long images = input.shape[0], n = Configuration.PatchesPerEdge, size = Configuration.PatchSize;
        Tensor counts = input.slice(1, 1, 2, 1).to(ScalarType.Float32).reshape(images, n, size, n, size, n, size).sum([2, 4, 6]).flatten(1);
        Tensor total = counts.sum(1, keepdim: true), isEmpty = total.IsAbove(0).logical_not();
        return where(isEmpty, EvenShares(images, input.device), counts.div(total.Filled(isEmpty, 1)));
    }

    private Tensor CentreShares(long images, Device device, Tensor? kept)
    {
        double[] nearness = new PatchGrid(Configuration.ImageSize, Configuration.PatchSize).Nearness(CentreWidth);
        Tensor weights = tensor(Array.ConvertAll(nearness, w => (float)w), device: device).expand(images, -1);
        if (kept is not null)
            weights = weights.gather(1, kept);
        return weights.div(weights.sum(1, keepdim: true));
    }

    private Tensor Weighted(Tensor tokens, Tensor shares) => shares.to(tokens.dtype).unsqueeze(1).matmul(PatchTokens(tokens)).squeeze(1);

    private Tensor EvenShares(long images, Device device) => ones(images, Configuration.Patches, device: device).Over(Configuration.Patches);

    private Tensor Embedding(Tensor tokens) => Pool(_norm.Apply(tokens));
}
