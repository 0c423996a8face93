using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>The programs of OpenJPEG (Debian package libopenjp2-tools).</summary>
internal static class OpenJpeg
{
    private const string Package = "libopenjp2-tools";

    /// <summary>The pattern's codestream, made with these options of opj_compress.</summary>
    public static async Task<byte[]> CompressAsync(TestPattern pattern, string options, string extension = "j2k")
    {
        string program = ExternalTool.Require("opj_compress", Package);
        using TemporaryFolder folder = new();
        string raw = folder["image.rawl"], codestream = folder["image." + extension];
        await File.WriteAllBytesAsync(raw, pattern.ToRaw(), TestContext.Current.CancellationToken);
        string format = $"{pattern.Width},{pattern.Height},{pattern.Components},{pattern.Bits},{(pattern.IsSigned ? "s" : "u")}";
        string[] arguments = ["-i", raw, "-o", codestream, "-F", format, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        await RunAsync(program, arguments);
        return await File.ReadAllBytesAsync(codestream, TestContext.Current.CancellationToken);
    }

    /// <summary>What opj_decompress makes of a codestream of the pattern.</summary>
    public static async Task<int[]> DecompressAsync(TestPattern pattern, byte[] codestream)
    {
        string program = ExternalTool.Require("opj_decompress", Package);
        using TemporaryFolder folder = new();
        string raw = folder["image.rawl"], compressed = folder["image.j2k"];
        await File.WriteAllBytesAsync(compressed, codestream, TestContext.Current.CancellationToken);
        await RunAsync(program, ["-i", compressed, "-o", raw]);
        return pattern.FromRaw(await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken));
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        (int status, string output, string error) = await ExternalTool.RunAsync(program, arguments, TestContext.Current.CancellationToken);
        Assert.True(status == 0, string.Join(' ', arguments) + "\n" + output + error);
    }
}
