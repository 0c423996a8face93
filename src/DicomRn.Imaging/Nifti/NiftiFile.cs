using System.IO.Compression;
using System.Runtime.InteropServices;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Nifti;

/// <summary>
/// Single-file NIfTI-1 (.nii, and .nii.gz by name or content). Written with sform and qform, code 1 (scanner), in mm; read by the sform,
/// else the qform, else the voxel size alone. Grids are LPS here and RAS in the file.
/// </summary>
public static class NiftiFile
{
    private const int VoxelOffset = 352;
    private const int ChunkVoxels = 1 << 18;

    /// <summary>Reads an image: uint8, int8, uint16, int16, uint32, int32, float32 or float64, with scl_slope and scl_inter applied.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a single NIfTI-1 volume; the message names it and the reason.</exception>
    public static async Task<Volume<float>> ReadImageAsync(string path, CancellationToken cancellationToken = default)
    {
        Volume<float>? volume = null;
        await ReadAsync(path, (geometry, at, values) =>
        {
            volume ??= new Volume<float>(geometry);
            for (int n = 0; n < values.Length; n++)
                volume.Voxels[at + n] = (float)values[n];
        }, cancellationToken);
        return volume!;
    }

    /// <summary>Reads a mask: 1 where the value is above 0, also where it is another label.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a single NIfTI-1 volume; the message names it and the reason.</exception>
    public static async Task<Volume<byte>> ReadMaskAsync(string path, CancellationToken cancellationToken = default)
    {
        Volume<byte>? volume = null;
        await ReadAsync(path, (geometry, at, values) =>
        {
            volume ??= new Volume<byte>(geometry);
            for (int n = 0; n < values.Length; n++)
                volume.Voxels[at + n] = values[n] > 0 ? (byte)1 : (byte)0;
        }, cancellationToken);
        return volume!;
    }

    /// <summary>Writes an image as float32.</summary>
    public static Task WriteAsync(string path, Volume<float> volume, CancellationToken cancellationToken = default) =>
        WriteAsync(path, volume, NiftiDataType.Float32, cancellationToken);

    /// <summary>Writes an image as int16.</summary>
    public static Task WriteAsync(string path, Volume<short> volume, CancellationToken cancellationToken = default) =>
        WriteAsync(path, volume, NiftiDataType.Int16, cancellationToken);

    /// <summary>Writes a mask or labels as uint8.</summary>
    public static Task WriteAsync(string path, Volume<byte> volume, CancellationToken cancellationToken = default) =>
        WriteAsync(path, volume, NiftiDataType.UInt8, cancellationToken);

    private static async Task ReadAsync(
        string path, Action<VolumeGeometry, long, ReadOnlySpan<double>> take, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await OpenAsync(path, cancellationToken);
            byte[] first = new byte[NiftiHeader.Size];
            await stream.ReadExactlyAsync(first, cancellationToken);
            NiftiHeader header = NiftiHeader.Parse(first);
            RefuseImpossibleSize(header, new FileInfo(path).Length, stream is GZipStream);
            await SkipAsync(stream, header.VoxelOffset - NiftiHeader.Size, cancellationToken);
            int size = header.DataType.Bytes();
            byte[] chunk = new byte[ChunkVoxels * size];
            double[] values = new double[ChunkVoxels];
            for (long at = 0; at < header.Geometry.VoxelCount; at += ChunkVoxels)
            {
                int count = (int)Math.Min(ChunkVoxels, header.Geometry.VoxelCount - at);
                await stream.ReadExactlyAsync(chunk.AsMemory(0, count * size), cancellationToken);
                NiftiVoxels.Decode(chunk.AsSpan(0, count * size), header, values);
                take(header.Geometry, at, values.AsSpan(0, count));
            }
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: the file ends before its last voxel.");
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}.", e);
        }
    }

    // A damaged header must not make us ask for memory that the file cannot fill; deflate shrinks at most 1032 times.
    private static void RefuseImpossibleSize(NiftiHeader header, long fileLength, bool compressed)
    {
        double needed = (double)header.Geometry.VoxelCount * header.DataType.Bytes();
        if (header.Geometry.VoxelCount > Array.MaxLength)
            throw new InvalidDataException($"{header.Geometry.VoxelCount} voxels are more than this program handles");
        if (needed > fileLength * (compressed ? 1032.0 : 1.0))
            throw new EndOfStreamException();
    }

    private static async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        byte[] magic = new byte[2];
        int read = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1F && magic[1] == 0x8B ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        byte[] skipped = new byte[Math.Min(count, 1 << 16)];
        for (long left = count; left > 0; left -= Math.Min(left, skipped.Length))
            await stream.ReadExactlyAsync(skipped.AsMemory(0, (int)Math.Min(left, skipped.Length)), cancellationToken);
    }

    private static async Task WriteAsync<T>(string path, Volume<T> volume, NiftiDataType type, CancellationToken cancellationToken)
        where T : unmanaged
    {
        NiftiHeader header = new() { Geometry = volume.Geometry, DataType = type, VoxelOffset = VoxelOffset, Slope = 1 };
        await using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        await using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        await stream.WriteAsync(header.ToBytes(), cancellationToken);
        int size = type.Bytes();
        byte[] chunk = new byte[ChunkVoxels * size];
        for (int at = 0; at < volume.Voxels.Length; at += ChunkVoxels)
        {
            int bytes = Encode(volume, at, chunk, size);
            await stream.WriteAsync(chunk.AsMemory(0, bytes), cancellationToken);
        }
    }

    private static int Encode<T>(Volume<T> volume, int at, byte[] chunk, int size)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(volume.Voxels.AsSpan(at, Math.Min(ChunkVoxels, volume.Voxels.Length - at)));
        bytes.CopyTo(chunk);
        if (!BitConverter.IsLittleEndian)
            NiftiVoxels.ReverseBytes(chunk.AsSpan(0, bytes.Length), size);
        return bytes.Length;
    }
}
