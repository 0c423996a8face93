using System.Text.Json;
using DicomRn.Learning.Weights;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Importing;

/// <summary>A MONAI ViT with random weights, computed by PyTorch (<c>monai_vit.py</c>).</summary>
internal sealed record MonaiVit
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public int Seed { get; init; } = 1;

    public int Batch { get; init; } = 2;

    public int Channels { get; init; } = 2;

    public int Image { get; init; } = 24;

    public int Patch { get; init; } = 8;

    public int Hidden { get; init; } = 48;

    public int Mlp { get; init; } = 80;

    public int Layers { get; init; } = 3;

    public int Heads { get; init; } = 4;

    public bool QkvBias { get; init; }

    public bool ClassToken { get; init; } = true;

    /// <summary>Of the head; 0 for none.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Whether the head is in a Sequential.</summary>
    public bool Sequential { get; init; }

    public bool Perceptron { get; init; }

    public string Axes { get; init; } = "RAS";

    public bool MaskFirst { get; init; }

    public int Progression { get; init; } = 1;

    public string Type { get; init; } = "F32";

    public string Prefix { get; init; } = "";

    /// <summary>Whether the file holds what MONAI's state dicts hold beside.</summary>
    public bool Unused { get; init; }

    /// <summary>Standard deviation of the weights.</summary>
    public double Spread { get; init; } = 0.1;

    /// <summary>Writes <c>vit.safetensors</c> and gives what PyTorch made of it: <c>input</c>, <c>tokens</c>, <c>logits</c>.</summary>
    public async Task<IReadOnlyDictionary<string, StoredTensor>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        string python = PyTorch.Require(), script = Path.Combine(folder, "monai_vit.py");
        await using (Stream source = typeof(MonaiVit).Assembly.GetManifestResourceStream("DicomRn.Learning.Tests.Importing.monai_vit.py")!)
        await using (FileStream target = File.Create(script))
            await source.CopyToAsync(target, cancellationToken);
        (int exitCode, _, string error) = await ExternalTool.RunAsync(python, [script, JsonSerializer.Serialize(this, Json), folder], cancellationToken);
        Assert.True(exitCode == 0, error);
        return SafeTensors.Read(Path.Combine(folder, "reference.safetensors"));
    }
}
