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

    private readonly ClinicalFusion? _fusion;
    private readonly ClinicalEncoding? _encoding;
    private readonly TokenPooling _pooling;

    private PackNetwork(ModelManifest manifest)
    {
        _pooling = manifest.Pooling;
        Encoder = new VisionTransformer(manifest.Configuration);
        if (manifest.Fusion is { } fusion)
        {
            _encoding = new ClinicalEncoding(fusion);
            _fusion = new ClinicalFusion(manifest.Configuration, fusion.Kind, _encoding.Sizes);
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

    public void MoveTo(Device device)
    {
        Encoder.to(device);
        _fusion?.to(device);
    }

    /// <summary>Logit [1], pooled tokens [1, hidden] and each layer's attention of one input [1, channels, D, H, W].</summary>
    public (Tensor Logit, Tensor Embedding, IReadOnlyList<Tensor> Attention) Compute(Tensor input, CohortClinicalData clinical, double volumeMm3)
    {
        using var scope = NewDisposeScope();
        (Tensor tokens, IReadOnlyList<Tensor> attention) = Encoder.EncodeWithAttention(input);
        Tensor embedding = Encoder.Pool(tokens, _pooling);
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

        foreach (Tensor layer in attention)
            layer.MoveToOuterDisposeScope();
        return (logit.MoveToOuterDisposeScope(), embedding.MoveToOuterDisposeScope(), attention);
    }

    public void Dispose()
    {
        Encoder.Dispose();
        _fusion?.Dispose();
    }

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
