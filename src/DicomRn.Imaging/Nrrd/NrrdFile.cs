using System.IO.Compression;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Nrrd;

/// <summary>
/// Reads NRRD files (.nrrd with attached data, raw or gzip) of one scalar volume: 8 to 32 bit integers, float and double. The space may be LPS, RAS or LAS;
/// the volume is LPS, mm. Without a space the axes are taken for the patient's.
/// </summary>
public static class NrrdFile
{
    private const int LongestHeader = 1 << 16;

    /// <summary>Reads an image or label volume.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is not such a volume; the message names it and the reason.</exception>
    public static async Task<Volume<float>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        byte[] file = await File.ReadAllBytesAsync(path, cancellationToken);
        try
        {
            int end = HeaderEnd(file);
            NrrdHeader header = NrrdHeader.Parse(System.Text.Encoding.ASCII.GetString(file, 0, end));
            using MemoryStream attached = new(file, end, file.Length - end);
            await using Stream data = header.Compressed ? new GZipStream(attached, CompressionMode.Decompress) : attached;
            if (header.Geometry.VoxelCount > Array.MaxLength
                || header.Geometry.VoxelCount * header.VoxelBytes > (file.Length - end) * (header.Compressed ? 1032L : 1L))
            {
                throw new EndOfStreamException();
            }

            byte[] bytes = new byte[header.Geometry.VoxelCount * header.VoxelBytes];
            await data.ReadExactlyAsync(bytes, cancellationToken);
            return new Volume<float>(header.Geometry, header.Decode(bytes));
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

    // The header ends with the first empty line.
    private static int HeaderEnd(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("NRRD000"u8))
            throw new InvalidDataException("it is not an NRRD file");
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, LongestHeader)];
        int unix = start.IndexOf("\n\n"u8), windows = start.IndexOf("\r\n\r\n"u8);
        if (unix < 0 && windows < 0)
            throw new InvalidDataException("its header does not end");
        return windows >= 0 && (unix < 0 || windows < unix) ? windows + 4 : unix + 2;
    }
}
