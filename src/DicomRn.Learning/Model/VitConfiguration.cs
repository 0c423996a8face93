namespace DicomRn.Learning.Model;

/// <summary>The sizes of a Vision Transformer for cubic volumes (Dosovitskiy et al. 2021).</summary>
public sealed record VitConfiguration
{
    /// <summary>Input channels: T1CE and lesion mask.</summary>
    public int InChannels { get; init; } = 2;

    /// <summary>Voxels along each edge of the input.</summary>
    public int ImageSize { get; init; } = 48;

    /// <summary>Voxels along each edge of a patch; divides <see cref="ImageSize"/>.</summary>
    public int PatchSize { get; init; } = 8;

    /// <summary>Length of a token; a multiple of <see cref="Heads"/>.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Length of the hidden layer of the MLPs.</summary>
    public int MlpSize { get; init; } = 768;

    /// <summary>Number of blocks.</summary>
    public int Layers { get; init; } = 6;

    /// <summary>Attention heads per block.</summary>
    public int Heads { get; init; } = 3;

    /// <summary>Share of the activations dropped in training, 0 to 1.</summary>
    public double DropoutRate { get; init; }

    /// <summary>Whether query, key and value have a bias (MONAI: <c>qkv_bias</c>).</summary>
    public bool QkvBias { get; init; }

    /// <summary>
    /// Whether a class token stands before the patch tokens. Without one, the mean of the patch tokens stands for the image.
    /// </summary>
    public bool ClassToken { get; init; } = true;

    /// <summary>Logits of the classification head: 1, or 0 for none, where a head beyond the transformer decides.</summary>
    public int HeadOutputs { get; init; } = 1;

    /// <summary>The small variant: 48³, patch 8, 192 × 6 layers × 3 heads, 2.9 million parameters.</summary>
    public static VitConfiguration Small { get; } = new();

    /// <summary>ViT-B/16 at 96³: 768 × 12 layers × 12 heads.</summary>
    public static VitConfiguration Base { get; } = new()
    {
        ImageSize = 96,
        PatchSize = 16,
        HiddenSize = 768,
        MlpSize = 3072,
        Layers = 12,
        Heads = 12,
    };

    /// <summary>Patches along each edge.</summary>
    public int PatchesPerEdge => ImageSize / PatchSize;

    /// <summary>Patches in all.</summary>
    public int Patches => PatchesPerEdge * PatchesPerEdge * PatchesPerEdge;

    /// <summary>Tokens in all.</summary>
    internal int Tokens => FirstPatch + Patches;

    /// <summary>Where the patch tokens begin: behind the class token, if there is one.</summary>
    internal int FirstPatch => ClassToken ? 1 : 0;

    /// <summary>Says what is wrong with the sizes, or nothing.</summary>
    /// <exception cref="ArgumentException">A size is out of range or does not divide.</exception>
    public void Validate()
    {
        if (InChannels < 1 || PatchSize < 1 || HiddenSize < 1 || MlpSize < 1 || Layers < 1 || Heads < 1 || ImageSize < 1)
            throw new ArgumentException("Every size of a Vision Transformer is at least 1.");
        if (ImageSize > 512 || HiddenSize > 8192 || MlpSize > 65536 || Layers > 128)
            throw new ArgumentException("A size of the Vision Transformer is beyond what can be meant.");
        if (ImageSize % PatchSize != 0)
            throw new ArgumentException($"Patch size {PatchSize} does not divide image size {ImageSize}.");
        if (HiddenSize % Heads != 0)
            throw new ArgumentException($"{Heads} heads do not divide hidden size {HiddenSize}.");
        if (HeadOutputs is not (0 or 1))
            throw new ArgumentException($"A head has 1 output, or there is none (0); {HeadOutputs} cannot be.");
        if (DropoutRate is < 0 or >= 1)
            throw new ArgumentException($"Dropout rate {DropoutRate} is not in [0, 1).");
    }
}
