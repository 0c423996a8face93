namespace DicomRn.Learning.Packs;

/// <summary>The packs of a models folder.</summary>
public static class ModelPackCatalog
{
    /// <summary>The packs below a folder, by name, each with its manifest read but its files not yet checked.</summary>
    /// <returns>Empty where the folder is missing or holds no pack.</returns>
    /// <exception cref="ModelPackException">A folder holds a manifest that cannot be read.</exception>
    public static IReadOnlyList<ModelPack> List(string modelsFolder) => !Directory.Exists(modelsFolder)
        ? []
        : [.. Directory.EnumerateDirectories(modelsFolder)
            .Where(folder => File.Exists(Path.Combine(folder, ModelPack.ManifestName)))
            .Order(StringComparer.Ordinal)
            .Select(ModelPack.Open)];
}
