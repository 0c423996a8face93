using System.Buffers.Binary;
using System.Text;

namespace DicomRn.TestSupport;

/// <summary>A safetensors file as other programs write it: with metadata, in any order, and without aligning the values.</summary>
internal sealed class StateDictFile
{
    private readonly Random _random = new(7);

    public Dictionary<string, (string Type, long[] Shape, byte[] Values)> Tensors { get; } = [];

    /// <summary>The state dict of a MONAI ViT with random weights.</summary>
    public static StateDictFile Vit(
        int channels = 2, int image = 16, int patch = 8, int hidden = 12, int mlp = 20, int layers = 2, bool qkvBias = false, bool classToken = true,
        int outputs = 1, string head = "classification_head")
    {
        StateDictFile file = new();
        int patches = image / patch * (image / patch) * (image / patch);
        file.Add("patch_embedding.position_embeddings", 1, patches, hidden);
        file.Add("patch_embedding.patch_embeddings.weight", hidden, channels, patch, patch, patch);
        file.Add("patch_embedding.patch_embeddings.bias", hidden);
        if (classToken)
            file.Add("cls_token", 1, 1, hidden);
        for (int n = 0; n < layers; n++)
        {
            file.AddPair($"blocks.{n}.mlp.linear1", mlp, hidden);
            file.AddPair($"blocks.{n}.mlp.linear2", hidden, mlp);
            file.AddPair($"blocks.{n}.norm1", hidden);
            file.AddPair($"blocks.{n}.norm2", hidden);
            file.AddPair($"blocks.{n}.attn.out_proj", hidden, hidden);
            file.Add($"blocks.{n}.attn.qkv.weight", 3 * hidden, hidden);
            if (qkvBias)
                file.Add($"blocks.{n}.attn.qkv.bias", 3 * hidden);
        }

        file.AddPair("norm", hidden);
        if (outputs > 0)
            file.AddPair(head, outputs, hidden);
        return file;
    }

    public void Add(string name, params long[] shape)
    {
        byte[] values = new byte[4 * shape.Aggregate(1L, (a, b) => a * b)];
        for (int n = 0; n < values.Length; n += 4)
            BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(n), (float)(_random.NextDouble() - 0.5) * 0.2f);
        Tensors[name] = ("F32", shape, values);
    }

    public void AddPair(string layer, params long[] weight)
    {
        Add(layer + ".weight", weight);
        Add(layer + ".bias", weight[0]);
    }

    public void Rename(Func<string, string> name)
    {
        var old = Tensors.ToArray();
        Tensors.Clear();
        foreach (var (key, value) in old)
            Tensors[name(key)] = value;
    }

    public void Retype(string name, string type, int width)
    {
        var (_, shape, _) = Tensors[name];
        Tensors[name] = (type, shape, new byte[width * shape.Aggregate(1L, (a, b) => a * b)]);
    }

    public string Write(string path)
    {
        StringBuilder header = new("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        foreach (var (name, (type, shape, values)) in Tensors)
        {
            header.Append($", \"{name}\": {{\"dtype\": \"{type}\", \"shape\": [{string.Join(", ", shape)}], \"data_offsets\": [{offset}, {offset + values.Length}]}}");
            offset += values.Length;
        }

        header.Append('}');
        while (header.Length % 8 != 3)
            header.Append(' ');
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using FileStream file = File.Create(path);
        file.Write(length);
        file.Write(Encoding.UTF8.GetBytes(header.ToString()));
        foreach (var (_, _, values) in Tensors.Values)
            file.Write(values);
        return path;
    }
}
