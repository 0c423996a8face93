using System.IO.Compression;
using System.Runtime.InteropServices;
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
    private const int HoleBytes = 1 << 15;

    /// <summary>Reads an image: uint8, int8, uint16, int16, uint32, int32, float32 or float64, with scl_slope and scl_inter applied.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a single NIfTI-1 volume; the message names it and the reason.</exception>
    public static async Task<Volume<float>> ReadImageAsync(string path, CancellationToken cancellationToken = default)
    {
        Volume<float>? volume = null;
        await ReadAsync(path, (header, at, chunk) =>
        {
            volume ??= new Volume<float>(header.Geometry);
            NiftiVoxels.Decode(chunk, header, volume.Voxels.AsSpan((int)at, chunk.Length / header.DataType.Bytes()));
        }, cancellationToken);
        return volume!;
    }

    /// <summary>Reads a mask: 1 where the value is above 0, also where it is another label.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not a single NIfTI-1 volume; the message names it and the reason.</exception>
    public static async Task<Volume<byte>> ReadMaskAsync(string path, CancellationToken cancellationToken = default)
    {
        Volume<byte>? volume = null;
        await ReadAsync(path, (header, at, chunk) =>
        {
            volume ??= new Volume<byte>(header.Geometry);
            NiftiVoxels.DecodeMask(chunk, header, volume.Voxels.AsSpan((int)at, chunk.Length / header.DataType.Bytes()));
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

    /// <summary>Writes a mask as uint8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="slices">Outside of these slices it is 0; there it is not looked at.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task WriteAsync(string path, Volume<byte> mask, Range slices, CancellationToken cancellationToken = default) =>
        Task.Run(() => Write(path, mask, NiftiDataType.UInt8, slices, cancellationToken), cancellationToken);

    private static async Task ReadAsync(
        string path, Action<NiftiHeader, long, Span<byte>> take, CancellationToken cancellationToken)
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
            for (long at = 0; at < header.Geometry.VoxelCount; at += ChunkVoxels)
            {
                int count = (int)Math.Min(ChunkVoxels, header.Geometry.VoxelCount - at);
                await stream.ReadExactlyAsync(chunk.AsMemory(0, count * size), cancellationToken);
                take(header, at, chunk.AsSpan(0, count * size));
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

    private static Task WriteAsync<T>(string path, Volume<T> volume, NiftiDataType type, CancellationToken cancellationToken)
        where T : unmanaged =>
        Task.Run(() => Write(path, volume, type, Range.All, cancellationToken), cancellationToken);

    private static void Write<T>(string path, Volume<T> volume, NiftiDataType type, Range slices, CancellationToken cancellationToken)
        where T : unmanaged
    {
        NiftiHeader header = new() { Geometry = volume.Geometry, DataType = type, VoxelOffset = VoxelOffset, Slope = 1 };
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 15);
        SparseGzip? gzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new SparseGzip(file) : null;
        Put(header.ToBytes());
        int size = type.Bytes();
        byte[] chunk = BitConverter.IsLittleEndian ? [] : new byte[ChunkVoxels * size];
        int area = volume.Geometry.Columns * volume.Geometry.Rows;
        (int first, int count) = slices.GetOffsetAndLength(volume.Geometry.Slices);
        PutZeros((long)first * area * size);
        for (int at = first * area, end = (first + count) * area; at < end; at += ChunkVoxels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(volume.Voxels.AsSpan(at, Math.Min(ChunkVoxels, end - at)));
            if (!BitConverter.IsLittleEndian)
            {
                bytes.CopyTo(chunk);
                NiftiVoxels.ReverseBytes(chunk.AsSpan(0, bytes.Length), size);
                bytes = chunk.AsSpan(0, bytes.Length);
            }

            Put(bytes);
        }

        PutZeros((long)(volume.Geometry.Slices - first - count) * area * size);
        if (gzip is null)
            file.SetLength(file.Position);
        gzip?.Finish();

        void PutZeros(long bytes)
        {
            gzip?.WriteZeros(bytes);
            if (gzip is null)
                file.Seek(bytes, SeekOrigin.Current);
        }

        void Put(ReadOnlySpan<byte> bytes)
        {
            // Zeros become a hole of the file, which reads as zeros.
            gzip?.Write(bytes);
            while (gzip is null && bytes.Length > 0)
            {
                ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, HoleBytes)];
                if (part.ContainsAnyExcept((byte)0))
                    file.Write(part);
                else
                    file.Seek(part.Length, SeekOrigin.Current);
                bytes = bytes[part.Length..];
            }
        }
    }
}
