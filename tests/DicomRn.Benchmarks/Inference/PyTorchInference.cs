using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DicomRn.Benchmarks.Inference;

/// <summary>The same in plain PyTorch (Debian package python3-torch), in a process of its own that waits between its turns.</summary>
internal sealed class PyTorchInference : IInferenceContestant
{
    private const string Script = "vit_inference.py";
    private readonly InferenceCase _what;
    private readonly Process _process;

    private PyTorchInference(InferenceCase what, Process process, string version) => (_what, _process, Name) = (what, process, $"PyTorch {version}");

    public string Name { get; }

    /// <summary>Starts it and waits until it has written the graph.</summary>
    public static PyTorchInference Start(InferenceCase what, int threads)
    {
        string script = Path.Combine(what.Folder, Script);
        using (Stream source = typeof(PyTorchInference).Assembly.GetManifestResourceStream(Script)!)
        using (FileStream target = File.Create(script))
            source.CopyTo(target);
        Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, what.Specification(threads), what.Folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string[] ready = (process.StandardOutput.ReadLine() ?? "").Split(' ');
        return ready[0] == "ready"
            ? new PyTorchInference(what, process, ready[1])
            : throw new InvalidOperationException("PyTorch (Debian package python3-torch) did not start.");
    }

    public float[] Output() => [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(_what.Folder, "pytorch.f32")))];

    public double Run(int passes)
    {
        _process.StandardInput.WriteLine(passes.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
