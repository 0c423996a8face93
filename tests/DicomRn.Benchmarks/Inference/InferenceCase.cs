using System.Text.Json;
using DicomRn.Benchmarks.Micro;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Benchmarks.Inference;

/// <summary>A transformer with its weights and an input, as files that every contestant reads: <c>weights.safetensors</c>, <c>input.safetensors</c>.</summary>
/// <param name="Name">For people.</param>
/// <param name="Configuration">Its sizes.</param>
/// <param name="Folder">Where the files lie.</param>
internal sealed record InferenceCase(string Name, VitConfiguration Configuration, string Folder)
{
    /// <summary>The first pack that comes with the program.</summary>
    public static InferenceCase Shipped(string folder, int batch)
    {
        ModelPack pack = ModelPackCatalog.List(Path.Combine(Repository.Find(), "models"))[0];
        return Write($"{pack.Manifest.Name}, batch of {batch}", pack.Manifest.Configuration, pack.ReadTensors(ModelPack.WeightsName), folder, batch);
    }

    /// <summary>ViT-B/16 at 96³ with random weights.</summary>
    public static InferenceCase Base(string folder, int batch)
    {
        manual_seed(1);
        using VisionTransformer transformer = new(VitConfiguration.Base);
        return Write($"ViT-B/16 at 96³, batch of {batch}", VitConfiguration.Base, transformer.Export(), folder, batch);
    }

    /// <summary>What <c>vit_inference.py</c> is to know.</summary>
    public string Specification(int threads) =>
        JsonSerializer.Serialize(new { heads = Configuration.Heads, layers = Configuration.Layers, patch = Configuration.PatchSize, threads });

    /// <summary>The input, [batch, channels, D, H, W].</summary>
    public StoredTensor Input() => SafeTensors.Read(Path.Combine(Folder, "input.safetensors"))["input"];

    private static InferenceCase Write(string name, VitConfiguration c, IReadOnlyDictionary<string, StoredTensor> weights, string folder, int batch)
    {
        Directory.CreateDirectory(folder);
        SafeTensors.Write(Path.Combine(folder, "weights.safetensors"), weights);
        Random random = new(1);
        float[] values = new float[batch * c.InChannels * c.ImageSize * c.ImageSize * c.ImageSize];
        for (int n = 0; n < values.Length; n++)
            values[n] = (float)(random.NextDouble() + random.NextDouble() - 1);
        SafeTensors.Write(
            Path.Combine(folder, "input.safetensors"),
            new Dictionary<string, StoredTensor> { ["input"] = new([batch, c.InChannels, c.ImageSize, c.ImageSize, c.ImageSize], values) });
        return new InferenceCase(name, c, folder);
    }
}
