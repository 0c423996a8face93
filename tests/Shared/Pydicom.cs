namespace DicomRn.TestSupport;

/// <summary>The Python interpreter that has pydicom (Debian package python3-pydicom).</summary>
internal static class Pydicom
{
    /// <summary>Its path, or a skipped test where there is none.</summary>
    public static string Require()
    {
        const string Interpreter = "/usr/bin/python3";
        if (!File.Exists(Interpreter) || !Directory.Exists("/usr/lib/python3/dist-packages/pydicom"))
            Assert.Skip("pydicom is not installed (Debian package python3-pydicom).");
        return Interpreter;
    }
}
