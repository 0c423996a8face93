namespace DicomRn.TestSupport;

/// <summary>The Python interpreter that has PyTorch (Debian package python3-torch).</summary>
internal static class PyTorch
{
    /// <summary>Its path, or a skipped test where there is none.</summary>
    public static string Require()
    {
        const string Interpreter = "/usr/bin/python3";
        if (!File.Exists(Interpreter) || !Directory.Exists("/usr/lib/python3/dist-packages/torch"))
            Assert.Skip("PyTorch is not installed (Debian package python3-torch).");
        return Interpreter;
    }
}
