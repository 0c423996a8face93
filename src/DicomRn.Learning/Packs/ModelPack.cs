using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Packs;

/// <summary>
/// A trained model as a folder: <c>manifest.json</c>, <c>weights.safetensors</c>, <c>embedding.safetensors</c> and
/// <c>MODEL_CARD.md</c>. Every file but the manifest is listed in it with its SHA-256; a changed one is refused.
/// </summary>
public sealed class ModelPack
{
    internal const string ManifestName = "manifest.json";
    internal const string WeightsName = "weights.safetensors";
    internal const string EmbeddingName = "embedding.safetensors";
    internal const string CardName = "MODEL_CARD.md";

    private static readonly string[] RequiredFiles = [WeightsName, EmbeddingName, CardName];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private ModelPack(string folder, ModelManifest manifest, string manifestSha256)
    {
        Folder = folder;
        Manifest = manifest;
        Fingerprint = manifestSha256;
    }

    /// <summary>Full path of the pack's folder.</summary>
    public string Folder { get; }

    /// <summary>What the pack says of itself.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>SHA-256 of the manifest, which holds that of every other file: identifies the model exactly.</summary>
    public string Fingerprint { get; }

    /// <summary>The manifest as JSON, as <c>manifest.json</c> has it.</summary>
    public string ManifestJson => JsonSerializer.Serialize(Manifest, Json);

    /// <summary>The manifests of packs as a JSON array.</summary>
    public static string ToJson(IEnumerable<ModelPack> packs) => JsonSerializer.Serialize(packs.Select(p => p.Manifest), Json);

    /// <summary>Reads a pack's manifest, checks every file and that weights and embedding fit the manifest.</summary>
    /// <exception cref="ModelPackException">No pack, of an unknown layout, a file is missing or changed, or does not fit the manifest.</exception>
    /// <exception cref="Torch.TorchUnavailableException">libtorch does not load.</exception>
    public static ModelPack Load(string folder)
    {
        ModelPack pack = Open(folder);
        pack.RequireUnchanged();
        PackNetwork.Read(pack).Dispose();
        EmbeddingDistance.Read(pack);
        return pack;
    }

    /// <summary>Reads a pack's manifest alone.</summary>
    /// <exception cref="ModelPackException">No pack, or of an unknown layout.</exception>
    public static ModelPack Open(string folder)
    {
        string path = Path.Combine(Path.GetFullPath(folder), ManifestName);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            ModelManifest manifest = JsonSerializer.Deserialize<ModelManifest>(bytes, Json)
                ?? throw new ModelPackException($"{path} is empty.");
            RequireReadable(manifest, path);
            return new ModelPack(Path.GetDirectoryName(path)!, manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException($"{folder} is not a model pack: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ModelPackException($"{path} is not a manifest of a model pack: {e.Message}", e);
        }
    }

    /// <summary>Refuses a pack whose files are not those of the manifest.</summary>
    /// <exception cref="ModelPackException">A file is missing or changed; it names the first.</exception>
    internal void RequireUnchanged()
    {
        if (Verify() is [string first, ..])
            throw new ModelPackException(first);
    }

    /// <summary>Writes a whole pack into a folder, which is made where it is not there.</summary>
    /// <returns>The pack, read again and verified.</returns>
    internal static ModelPack Write(
        string folder, ModelManifest manifest, IReadOnlyDictionary<string, StoredTensor> weights, EmbeddingDistance distance, string card)
    {
        Directory.CreateDirectory(folder);
        SafeTensors.Write(Path.Combine(folder, WeightsName), weights);
        distance.Write(Path.Combine(folder, EmbeddingName));
        File.WriteAllText(Path.Combine(folder, CardName), card);
        WriteManifest(folder, manifest);
        return Load(folder);
    }

    /// <summary>Compares every file with the manifest.</summary>
    /// <returns>One line per file that is missing or changed; nothing when all is well.</returns>
    public IReadOnlyList<string> Verify()
    {
        List<string> problems = [];
        foreach (PackFile file in Manifest.Files)
        {
            string path = Path.Combine(Folder, file.Name);
            if (!File.Exists(path))
                problems.Add($"{path} is missing.");
            else if (new FileInfo(path).Length != file.Length || HashOf(path) != file.Sha256)
                problems.Add($"{path} is not the file that the manifest of the pack describes: it was changed or is damaged.");
        }

        return problems;
    }

    /// <summary>Writes a manifest for files that are in the folder already.</summary>
    internal static void WriteManifest(string folder, ModelManifest manifest)
    {
        ModelManifest complete = manifest with
        {
            Files = [.. RequiredFiles.Select(name =>
            {
                string path = Path.Combine(folder, name);
                return new PackFile(name, HashOf(path), new FileInfo(path).Length);
            })],
        };
        File.WriteAllText(Path.Combine(folder, ManifestName), JsonSerializer.Serialize(complete, Json) + "\n");
    }

    /// <exception cref="ModelPackException">The file is damaged.</exception>
    internal IReadOnlyDictionary<string, StoredTensor> ReadTensors(string name)
    {
        try
        {
            return SafeTensors.Read(Path.Combine(Folder, name));
        }
        catch (InvalidDataException e)
        {
            throw new ModelPackException(e.Message, e);
        }
    }

    private static void RequireReadable(ModelManifest manifest, string path)
    {
        if (manifest.SchemaVersion != ModelManifest.CurrentSchemaVersion)
            throw new ModelPackException($"{path} has layout {manifest.SchemaVersion}; this program reads {ModelManifest.CurrentSchemaVersion}.");
        if (manifest.Architecture != "vit3d")
            throw new ModelPackException($"{path} is of architecture {manifest.Architecture}; this program has vit3d.");
        manifest.Configuration.Validate();
        if (manifest.Configuration.InChannels is not (1 or 2))
            throw new ModelPackException($"{path}: the model needs one or two input channels (T1CE, mask).");
        if (manifest.Preprocessing.CropVoxels != manifest.Configuration.ImageSize)
            throw new ModelPackException($"{path}: the crop has {manifest.Preprocessing.CropVoxels} voxels, the model {manifest.Configuration.ImageSize}.");
        if (!(manifest.Calibration.Temperature > 0) || !double.IsFinite(manifest.Calibration.Temperature))
            throw new ModelPackException($"{path}: the temperature is not above 0.");
        if (!double.IsFinite(manifest.Calibration.Intercept))
            throw new ModelPackException($"{path}: the calibration's intercept is not a number.");
        if (manifest.Fusion?.Faults().FirstOrDefault() is { } fault)
            throw new ModelPackException($"{path}, fusion: {fault}.");
        if (manifest.Configuration.HeadOutputs != (manifest.Fusion is null ? 1 : 0))
            throw new ModelPackException($"{path}: the transformer has {manifest.Configuration.HeadOutputs} outputs; it has one where the image alone decides and none beside a fusion.");
        foreach (string name in RequiredFiles)
        {
            if (!manifest.Files.Any(f => f.Name == name))
                throw new ModelPackException($"{path} does not list {name}.");
        }

        if (manifest.Files.FirstOrDefault(f => f.Name != Path.GetFileName(f.Name)) is { } outside)
            throw new ModelPackException($"{path} lists {outside.Name}, which is not a plain file name.");
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
