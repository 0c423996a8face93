using System.Text.Json.Nodes;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A phantom study with one lesion, written by <c>dicomrn phantom study</c> once for all tests of a class.</summary>
public sealed class PhantomStudyFolder : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    /// <summary>The folder of the study's DICOM files.</summary>
    public string Path => _folder["study"];

    /// <summary>Its Study Instance UID.</summary>
    public string StudyInstanceUid { get; private set; } = "";

    /// <summary>How many DICOM files it has.</summary>
    public int FileCount => Directory.GetFiles(Path, "*.dcm", SearchOption.AllDirectories).Length;

    public async ValueTask InitializeAsync()
    {
        (int exitCode, _, string error) = await DicomRnProgram.RunAsync(
            _folder.Path, "phantom", "study", "--output", Path, "--seed", "11", "--lesions", "1", "--spacing", "1,1,2", "--contours", "both");
        Assert.True(exitCode == 0, error);
        string truth = await File.ReadAllTextAsync(System.IO.Path.Combine(Path, "truth.json"), TestContext.Current.CancellationToken);
        StudyInstanceUid = JsonNode.Parse(truth)!["studyInstanceUid"]!.GetValue<string>();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
