using System.Security.Cryptography;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Importing;

/// <summary>A Vision Transformer that was trained elsewhere, turned to this program's axes.</summary>
public sealed class ImportedModel
{
    private ImportedModel(string source, VitConfiguration configuration, IReadOnlyDictionary<string, StoredTensor> weights, IReadOnlyList<string> remarks) =>
        (Source, Configuration, Weights, Remarks) = (source, configuration, weights, remarks);

    /// <summary>The file it came from.</summary>
    public string Source { get; }

    /// <summary>Its sizes.</summary>
    public VitConfiguration Configuration { get; }

    /// <summary>What was changed, left out or taken for granted, in lines of text.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Number of values in all.</summary>
    public long Parameters => Weights.Values.Sum(t => (long)t.Values.Length);

    internal IReadOnlyDictionary<string, StoredTensor> Weights { get; }

    /// <summary>Reads the state dict of a MONAI <c>ViT</c> or <c>ViTAutoEnc</c> from a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it does not say of itself.</param>
    /// <exception cref="StateDictException">It does not fit; everything that is wrong is told.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedModel Read(string path, StateDictOptions options)
    {
        IReadOnlyList<SafeTensorEntry> entries = Header(path);
        StateDictNames names = StateDictNames.Of(entries, options);
        if (names.Tensors.Count == 0)
            throw new StateDictException(path, names.Faults);
        StateDictLayout layout = new(names.Tensors, options);
        string[] faults = [.. names.Faults, .. layout.Faults];
        if (faults.Length > 0)
            throw new StateDictException(path, faults);
        StateDictConversion conversion = new(path, names.Tensors, layout.Configuration, options);
        return new ImportedModel(path, layout.Configuration, conversion.Weights, [.. names.Remarks, .. conversion.Remarks]);
    }

    /// <summary>Writes it as an encoder that a fine-tuning can begin from: <c>encoder.json</c> and <c>weights.safetensors</c>.</summary>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="preprocessing">How images become its input; the crop is as large as that.</param>
    public void WriteEncoder(string folder, PreprocessingSettings preprocessing) =>
        new PretrainedEncoder(Configuration, preprocessing, Weights).Write(folder);

    /// <summary>SHA-256 of the file it came from, lower-case hexadecimal.</summary>
    internal string SourceSha256()
    {
        using FileStream file = File.OpenRead(Source);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static IReadOnlyList<SafeTensorEntry> Header(string path)
    {
        try
        {
            return SafeTensors.ReadHeader(path);
        }
        catch (InvalidDataException e)
        {
            throw new StateDictException(path, [IsPyTorch(path)
                ? "this is a PyTorch file (zip or pickle), not safetensors; convert it in Python: safetensors.torch.save_file(torch.load(FILE, map_location='cpu', weights_only=True), OUT)"
                : e.Message.Replace(path + " ", "", StringComparison.Ordinal)]);
        }
    }

    /// <summary>What <c>torch.save</c> writes: a zip archive, or a pickle of protocol 2 and later.</summary>
    private static bool IsPyTorch(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && (start.StartsWith("PK\u0003\u0004"u8) || (start[0] == 0x80 && start[1] is >= 2 and <= 5));
    }
}
