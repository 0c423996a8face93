using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>The network of a pack: the transformer and, where clinical variables come in, the fusion that decides.</summary>
internal sealed class PackNetwork : IDisposable
{
    /// <summary>What the names of the fusion's weights begin with; the transformer's have MONAI's names.</summary>
    public const string FusionPrefix = "fusion.";

    /// <summary>The part of the fusion, in lists of parts.</summary>
    public const string FusionPart = "fusion";

    private readonly FusionDescription? _description;
    private ClinicalFusion? _fusion;
    private readonly ClinicalEncoding? _encoding;
    private readonly TokenPooling _pooling;

    private PackNetwork(ModelManifest manifest)
    {
        (_pooling, _description) = (manifest.Pooling, manifest.Fusion);
        Encoder = new VisionTransformer(manifest.Configuration);
        if (manifest.Fusion is { } fusion)
        {
            _encoding = new ClinicalEncoding(fusion);
            _fusion = NewFusion(fusion);
        }
    }

    /// <summary>Makes the network of a manifest and loads the weights, on the CPU, ready to compute.</summary>
    /// <exception cref="ModelPackException">The weights do not fit the manifest.</exception>
    public static PackNetwork Read(ModelPack pack)
    {
        PackNetwork network = new(pack.Manifest);
        try
        {
            network.Import(pack.ReadTensors(ModelPack.WeightsName));
            return network;
        }
        catch (InvalidDataException e)
        {
            network.Dispose();
            throw new ModelPackException($"{Path.Combine(pack.Folder, ModelPack.WeightsName)} does not fit the manifest: {e.Message}", e);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The transformer, without the fusion.</summary>
    public VisionTransformer Encoder { get; }

    /// <summary>Whether clinical variables come in.</summary>
    public bool HasFusion => _fusion is not null;

    public void MoveTo(Device device)
    {
        Encoder.to(device);
        _fusion?.to(device);
    }

    /// <summary>Logit [1], pooled tokens [1, hidden] and attention of one input [1, channels, D, H, W].</summary>
    public (Tensor Logit, Tensor Embedding, PooledAttention Attention) Compute(Tensor input, CohortClinicalData clinical, double volumeMm3)
    {
        using var scope = NewDisposeScope();
        (Tensor tokens, IReadOnlyList<Tensor> attention) = Encoder.EncodeWithAttention(input);
        Tensor embedding = Encoder.Pool(tokens, _pooling, input);
        Tensor logit;
        if (_fusion is null)
        {
            logit = Encoder.Logits(embedding);
        }
        else
        {
            float[] encoded = _encoding!.Encode(clinical, volumeMm3);
            logit = _fusion.Logits(embedding, tokens, tensor(encoded, [1, encoded.Length], device: input.device));
        }

        return (logit.MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope(), PooledBy(attention, input));
    }

    /// <summary>Attention alone of one input [1, channels, D, H, W].</summary>
    public PooledAttention Attention(Tensor input)
    {
        using var scope = NewDisposeScope();
        return PooledBy(Encoder.EncodeWithAttention(input).Attention, input);
    }

    /// <summary>Logits [B] of inputs [B, channels, D, H, W] of one lesion, such as views of it, without attention.</summary>
    public Tensor Logits(Tensor inputs, CohortClinicalData clinical, double volumeMm3)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = Encoder.Encode(inputs), pooled = Encoder.Pool(tokens, _pooling, inputs);
        if (_fusion is null)
            return Encoder.Logits(pooled).MoveToOuterDisposeScope();
        float[] encoded = _encoding!.Encode(clinical, volumeMm3);
        Tensor same = tensor(encoded, [1, encoded.Length], device: inputs.device).expand(inputs.shape[0], -1);
        return _fusion.Logits(pooled, tokens, same).MoveToOuterDisposeScope();
    }

    /// <summary>Gives the fusion the weights of a newly initialised one.</summary>
    /// <param name="seed">Decides them.</param>
    /// <exception cref="InvalidOperationException">There is no fusion.</exception>
    public void ForgetFusion(int seed)
    {
        manual_seed(seed);
        ClinicalFusion fresh = NewFusion(_description ?? throw new InvalidOperationException("The model has no fusion."));
        fresh.eval();
        _fusion!.Dispose();
        _fusion = fresh;
    }

    public void Dispose()
    {
        Encoder.Dispose();
        _fusion?.Dispose();
    }

    /// <summary>Moved out of the caller's scope.</summary>
    private PooledAttention PooledBy(IReadOnlyList<Tensor> layers, Tensor input) => new(
        [.. layers.Select(l => l.MoveToOuterDisposeScope())], Encoder.PooledShares(_pooling, input)[0].MoveToOuterDisposeScope(), Encoder.Configuration);

    private ClinicalFusion NewFusion(FusionDescription fusion) => new(Encoder.Configuration, fusion.Kind, _encoding!.Sizes);

    private void Import(IReadOnlyDictionary<string, StoredTensor> stored)
    {
        Dictionary<string, StoredTensor> fusion = [], encoder = [];
        foreach ((string name, StoredTensor tensor) in stored)
        {
            if (_fusion is not null && name.StartsWith(FusionPrefix, StringComparison.Ordinal))
                fusion[name[FusionPrefix.Length..]] = tensor;
            else
                encoder[name] = tensor;
        }

        Encoder.Import(encoder);
        Encoder.eval();
        if (_fusion is null)
            return;
        ModuleWeights.Import(_fusion, fusion);
        _fusion.eval();
    }
}
