namespace DicomRn.EndToEnd.Tests.Validation;

/// <summary>What independent programs say about a DICOM file. Each call skips the test where its program is missing.</summary>
internal static class DicomValidators
{
    private const string JavaFolder = "/usr/share/java";

    // The 2022 dictionary of dicom3tools asks for Laterality where nothing is paired, and takes Device UID for single-valued.
    private static readonly string[] KnownFalseErrors = ["</Laterality(0020,0060)> - Missing attribute for Type 2C", "DeviceUID(0018,1002)"];

    /// <summary>The errors of dicom3tools' dciodvfy, but for its false ones.</summary>
    public static async Task<IReadOnlyList<string>> DciodvfyErrorsAsync(string file)
    {
        (_, string output, string error) = await RunAsync("dciodvfy", "dicom3tools", "-new", file);
        return [.. Errors(output + "\n" + error).Where(line => !KnownFalseErrors.Any(known => line.Contains(known, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>What DCMTK's dsrdump has against a Structured Report; empty when it can be printed.</summary>
    public static async Task<IReadOnlyList<string>> DsrdumpErrorsAsync(string file)
    {
        (int exitCode, string output, string error) = await RunAsync("dsrdump", "dcmtk", "+Pl", file);
        IEnumerable<string> lines = error.Split('\n')
            .Where(l => l.StartsWith("E:", StringComparison.Ordinal) || l.StartsWith("W:", StringComparison.Ordinal))
            .Where(l => !l.Contains("does not support this Specific Character Set", StringComparison.Ordinal));
        return exitCode == 0 && output.Contains("Imaging Measurement Report", StringComparison.Ordinal) ? [.. lines] : [.. lines, $"exit status {exitCode}"];
    }

    /// <summary>The errors of PixelMed's DicomSRValidator, which knows the templates.</summary>
    public static async Task<IReadOnlyList<string>> PixelMedErrorsAsync(string file)
    {
        foreach (string jar in new[] { "pixelmed.jar", "slf4j-api.jar", "slf4j-nop.jar" })
        {
            if (!File.Exists(Path.Combine(JavaFolder, jar)))
                Assert.Skip($"{jar} is not installed (Debian packages libpixelmed-java libslf4j-java).");
        }

        (_, string output, string error) = await RunAsync(
            "java",
            "default-jre-headless",
            "-Djdk.xml.xpathTotalOpLimit=0",
            "-Djdk.xml.xpathExprOpLimit=0",
            "-Djdk.xml.xpathExprGrpLimit=0",
            "-cp",
            string.Join(':', new[] { "pixelmed.jar", "slf4j-api.jar", "slf4j-nop.jar" }.Select(j => Path.Combine(JavaFolder, j))),
            "com.pixelmed.validate.DicomSRValidator",
            file);
        string text = output + "\n" + error;
        // Its exit status is always 0, so a run that did not get to the template is no approval.
        return text.Contains("Root Template Validation Complete", StringComparison.Ordinal)
            ? Errors(text)
            : ["DicomSRValidator did not get to the template: " + text.Trim()];
    }

    private static List<string> Errors(string text) =>
        [.. text.Split('\n').Where(l => l.StartsWith("Error", StringComparison.Ordinal)).Select(l => l.Trim())];

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string package, params string[] arguments) =>
        await ExternalTool.RunAsync(ExternalTool.Require(program, package), arguments, TestContext.Current.CancellationToken);
}
