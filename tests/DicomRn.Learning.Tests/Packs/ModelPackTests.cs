using System.Text.Json.Nodes;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Tests.Packs;

[Collection(TinyPackCollection.Name)]
public sealed class ModelPackTests(TinyPack tiny)
{
    [Fact]
    public void Trained_pack_loads_verifies_and_says_that_it_knows_phantoms_alone()
    {
        ModelPack pack = ModelPack.Load(tiny.Pack.Folder);
        Assert.Empty(pack.Verify());
        Assert.True(pack.Manifest.TrainedOnPhantoms);
        Assert.Contains("not for clinical use", pack.Manifest.IntendedUse, StringComparison.Ordinal);
        Assert.Equal(4, pack.Manifest.Measured.Count);
        Assert.All(pack.Manifest.Measured, m => Assert.InRange(m.Auc, m.Low, m.High));
        string card = File.ReadAllText(Path.Combine(pack.Folder, "MODEL_CARD.md"));
        Assert.Contains("not for clinical use", card, StringComparison.Ordinal);
        Assert.Contains("second centre", card, StringComparison.Ordinal);
        Assert.Equal(64, pack.Fingerprint.Length);
    }

    [Fact]
    public void Shipped_packs_load()
    {
        string models = Path.Combine(AppContext.BaseDirectory, "models");
        IReadOnlyList<ModelPack> packs = [.. ModelPackCatalog.List(models).Select(p => ModelPack.Load(p.Folder))];
        Assert.NotEmpty(packs);
        Assert.All(packs, p => Assert.Equal(p.Manifest.Name, Path.GetFileName(p.Folder)));
    }

    [Fact]
    public void Pack_of_the_layout_before_clinical_variables_is_of_the_image_alone()
    {
        string folder = tiny.Copy("before"), path = Path.Combine(folder, "manifest.json");
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.True(manifest["configuration"]!.AsObject().Remove("headOutputs"));
        Assert.True(manifest["calibration"]!.AsObject().Remove("intercept"));
        Assert.True(manifest.Remove("pooling"));
        Assert.False(manifest.ContainsKey("fusion"));
        File.WriteAllText(path, manifest.ToJsonString());
        ModelManifest read = ModelPack.Load(folder).Manifest;
        Assert.Equal(tiny.Pack.Manifest.Configuration, read.Configuration);
        Assert.Equal(tiny.Pack.Manifest.Calibration, read.Calibration);
        Assert.Null(read.Fusion);
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("embedding.safetensors")]
    [InlineData("MODEL_CARD.md")]
    public void Changed_file_is_refused_by_name(string name)
    {
        string folder = tiny.Copy($"changed-{name}"), path = Path.Combine(folder, name);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        ModelPackException e = Assert.Throws<ModelPackException>(() => ModelPack.Load(folder));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Single(ModelPack.Open(folder).Verify());
        Assert.Throws<ModelPackException>(() => new LesionClassifier(ModelPack.Open(folder), new InferenceSettings()));
    }

    [Fact]
    public void Missing_file_is_named()
    {
        string folder = tiny.Copy("missing");
        File.Delete(Path.Combine(folder, "weights.safetensors"));
        Assert.Contains("weights.safetensors is missing", Assert.Throws<ModelPackException>(() => ModelPack.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 99", "layout 99")]
    [InlineData("\"vit3d\"", "\"resnet\"", "resnet")]
    [InlineData("\"weights.safetensors\"", "\"../weights.safetensors\"", "weights.safetensors")]
    [InlineData("\"patchSize\": 16", "\"patchSize\": 7", "Patch size 7")]
    [InlineData("\"name\": \"tiny\"", "\"nam\": \"tiny\"", "nam")]
    public void Manifest_that_cannot_be_meant_is_refused(string text, string replacement, string said)
    {
        string folder = tiny.Copy($"manifest-{Guid.NewGuid():N}"), path = Path.Combine(folder, "manifest.json");
        string manifest = File.ReadAllText(path);
        Assert.Contains(text, manifest, StringComparison.Ordinal);
        File.WriteAllText(path, manifest.Replace(text, replacement, StringComparison.Ordinal));
        ModelPackException e = Assert.Throws<ModelPackException>(() => ModelPack.Load(folder));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_manifest_is_no_pack()
    {
        Assert.Throws<ModelPackException>(() => ModelPack.Load(tiny.ModelsFolder));
        Assert.Empty(ModelPackCatalog.List(Path.Combine(tiny.ModelsFolder, "nowhere")));
    }

    [Fact]
    public void Catalog_lists_the_packs_of_a_folder() =>
        Assert.Equal(["tiny"], ModelPackCatalog.List(tiny.ModelsFolder).Select(p => p.Manifest.Name));
}
