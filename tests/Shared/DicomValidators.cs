namespace DicomRn.TestSupport;

/// <summary>The checking programs of others, run on files that this program wrote.</summary>
internal static class DicomValidators
{
    private const string PixelMedFolder = "/usr/share/java";

    /// <summary>
    /// <c>dciodvfy -new</c> reports no Errors, but the two that its dictionary of 2022 has wrong: the "Laterality" of images that have
    /// no side.
    /// </summary>
    public static async Task DciodvfyAcceptsAsync(string file, CancellationToken cancellationToken)
    {
        string program = ExternalTool.Require("dciodvfy", "dicom3tools");
        (_, string output, string error) = await ExternalTool.RunAsync(program, ["-new", file], cancellationToken);
        string[] errors = [.. Lines(output + "\n" + error).Where(l => l.StartsWith("Error", StringComparison.Ordinal) && !IsFalse(l))];
        Assert.True(errors.Length == 0, $"dciodvfy on {Path.GetFileName(file)}:\n" + string.Join('\n', errors));
    }

    /// <summary><c>dcentvfy</c> finds patient, study, series and frame of reference of a set consistent.</summary>
    public static async Task DcentvfyAcceptsAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        string program = ExternalTool.Require("dcentvfy", "dicom3tools");
        (int status, string output, string error) = await ExternalTool.RunAsync(program, files, cancellationToken);
        string[] errors = [.. Lines(output + "\n" + error).Where(l => l.Contains("Error", StringComparison.Ordinal))];
        Assert.True(errors.Length == 0, "dcentvfy:\n" + string.Join('\n', errors));
        Assert.Equal(0, status);
    }

    /// <summary><c>dsrdump +Pl</c> reads the whole document; the text it prints is returned.</summary>
    public static async Task<string> DsrdumpAsync(string file, CancellationToken cancellationToken)
    {
        string program = ExternalTool.Require("dsrdump", "dcmtk");
        (int status, string output, string error) = await ExternalTool.RunAsync(program, ["+Pl", file], cancellationToken);
        Assert.True(status == 0, error);
        Assert.DoesNotContain("E: ", error, StringComparison.Ordinal);
        return output;
    }

    /// <summary>PixelMed's DicomSRValidator finds IOD and template TID 1500 without Errors.</summary>
    public static async Task PixelMedAcceptsAsync(string file, CancellationToken cancellationToken)
    {
        string java = ExternalTool.Require("java", "default-jre-headless");
        if (!File.Exists(Path.Combine(PixelMedFolder, "pixelmed.jar")))
            Assert.Skip("pixelmed.jar is not installed (Debian package libpixelmed-java).");
        string classPath = string.Join(':', new[] { "pixelmed.jar", "slf4j-api.jar", "slf4j-nop.jar" }.Select(jar => Path.Combine(PixelMedFolder, jar)));
        string[] arguments =
        [
            // The program is short: the first compiler and the simplest collector halve its time.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Djdk.xml.xpathTotalOpLimit=0", "-Djdk.xml.xpathExprOpLimit=0", "-Djdk.xml.xpathExprGrpLimit=0",
            "-cp", classPath, "com.pixelmed.validate.DicomSRValidator", file,
        ];
        (_, string output, string error) = await ExternalTool.RunAsync(java, arguments, cancellationToken);
        string all = output + "\n" + error;
        string[] errors = [.. Lines(all).Where(l => l.StartsWith("Error", StringComparison.Ordinal))];
        Assert.True(errors.Length == 0, $"DicomSRValidator on {Path.GetFileName(file)}:\n" + string.Join('\n', errors));
        Assert.Contains("Found Root Template TID_1500", all, StringComparison.Ordinal);
        Assert.Contains("IOD validation complete", all, StringComparison.Ordinal);
        Assert.Contains("Root Template Validation Complete", all, StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries);

    private static bool IsFalse(string line) => line.Contains("Laterality", StringComparison.Ordinal) && line.Contains("2C", StringComparison.Ordinal);
}
