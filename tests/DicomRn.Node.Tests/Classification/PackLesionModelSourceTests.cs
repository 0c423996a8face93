using DicomRn.Learning.Packs;
using DicomRn.Node.Classification;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Classification;

public sealed class PackLesionModelSourceTests
{
    [Fact]
    public void Folder_without_a_pack_is_one_clear_error()
    {
        using TemporaryFolder models = new();

        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => PackLesionModelSource.Find(new ClassificationOptions { ModelsDirectory = models.Path }));

        Assert.Contains(models.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_that_is_not_there_is_named()
    {
        using TemporaryFolder models = new();

        ModelPackException error = Assert.Throws<ModelPackException>(
            () => PackLesionModelSource.Find(new ClassificationOptions { ModelsDirectory = models.Path, Model = "absent-model" }));

        Assert.Contains("absent-model", error.Message, StringComparison.Ordinal);
    }
}
