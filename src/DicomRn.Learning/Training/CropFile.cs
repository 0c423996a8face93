using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Learning.Training;

/// <summary>
/// Prepared crops of one size in one file, each at its number's place: image in half precision, then mask. So a run prepares its cohort
/// once, holds none of it in memory and reads any crop from any thread.
/// </summary>
internal sealed class CropFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _voxels;

    private CropFile(SafeFileHandle file, int edge)
    {
        _file = file;
        _voxels = edge * edge * edge;
    }

    private long Size => 3L * _voxels;

    public static CropFile Create(string path, int edge) =>
        new(File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, FileOptions.RandomAccess), edge);

    public static CropFile Open(string path, int edge) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess), edge);

    /// <summary>How many crops a file of this length holds.</summary>
    public int Count => (int)(RandomAccess.GetLength(_file) / Size);

    public void Write(int index, ReadOnlySpan<float> image, ReadOnlySpan<byte> mask)
    {
        byte[] bytes = new byte[Size];
        Span<Half> halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan(0, 2 * _voxels));
        for (int n = 0; n < _voxels; n++)
            halves[n] = (Half)image[n];
        mask.CopyTo(bytes.AsSpan(2 * _voxels));
        RandomAccess.Write(_file, bytes, index * Size);
    }

    public void Read(int index, Span<float> image, Span<float> mask)
    {
        byte[] bytes = new byte[Size];
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file, bytes.AsSpan(done), index * Size + done);
            if (read == 0)
                throw new EndOfStreamException($"The file of crops ends before crop {index}.");
            done += read;
        }

        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan(0, 2 * _voxels));
        for (int n = 0; n < _voxels; n++)
            (image[n], mask[n]) = ((float)halves[n], bytes[2 * _voxels + n]);
    }

    public void Dispose() => _file.Dispose();
}
