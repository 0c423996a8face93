using System.IO.MemoryMappedFiles;

namespace DicomRn.Fuzzing;

/// <summary>
/// The input that is being executed, in a file mapped into memory: it is still there when the process dies of it, as of a stack that
/// overflows.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private const int Capacity = 1 << 20;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public CurrentInput(string findingsFolder)
    {
        Directory.CreateDirectory(findingsFolder);
        _file = MemoryMappedFile.CreateFromFile(Path.Combine(findingsFolder, "current.bin"), FileMode.Create, null, Capacity + sizeof(int));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Four bytes of length, then the input.</summary>
    public void Write(byte[] input)
    {
        int length = Math.Min(input.Length, Capacity);
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
