using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

[Collection(SideBySide.Peers)]
public sealed class DemoTests
{
    [Fact]
    public async Task The_demonstration_needs_no_settings_and_leaves_objects_overlays_and_truth()
    {
        using ScratchFolder folder = new();

        (int exitCode, string output, string error) = await DicomRnProgram.RunAsync(folder.Path, "demo", "--output", "shown");

        Assert.True(exitCode == 0, output + error);
        Assert.True(File.Exists(folder["shown", "study", "truth.json"]));
        Assert.NotEmpty(Directory.GetFiles(folder["shown", "overlays"], "*.png"));
        Assert.True(Directory.GetFiles(folder["shown", "pacs"], "*.dcm").Length >= 3);
        Assert.All(["GTV_1", "GTV_2", "GTV_3"], roi => Assert.Contains(roi, output, StringComparison.Ordinal));
        Assert.Contains("Not for clinical use", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
