using System.Buffers.Binary;
using System.Text;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>A Part-10 file cut into what a C-STORE needs: its UIDs and the bytes of its data set (PS3.10 7.1).</summary>
internal sealed record PreparedInstance(string SopClassUid, string SopInstanceUid, string TransferSyntaxUid, ReadOnlyMemory<byte> DataSet)
{
    private const int PreambleLength = 128;

    /// <summary>All files below a folder, in the order of their names.</summary>
    public static async Task<PreparedInstance[]> ReadAllAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        string[] files = Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories);
        return await Task.WhenAll(files.Order(StringComparer.Ordinal).Select(f => ReadAsync(f, cancellationToken)));
    }

    /// <exception cref="InvalidDataException">The file has no preamble and group 0002.</exception>
    public static async Task<PreparedInstance> ReadAsync(string path, CancellationToken cancellationToken)
    {
        byte[] file = await File.ReadAllBytesAsync(path, cancellationToken);
        if (file.Length < PreambleLength + 16 || !file.AsSpan(PreambleLength, 4).SequenceEqual("DICM"u8))
            throw new InvalidDataException($"{path} is no DICOM file.");
        int position = PreambleLength + 4, end = file.Length;
        Dictionary<ushort, string> uids = [];
        while (position < end)
        {
            ReadOnlySpan<byte> header = file.AsSpan(position);
            ushort element = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
            bool isLong = header[4..6].SequenceEqual("OB"u8);
            int length = isLong ? BinaryPrimitives.ReadInt32LittleEndian(header[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
            int valueAt = position + (isLong ? 12 : 8);
            if (element == 0)
                end = valueAt + length + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(valueAt));
            else if (header[4..6].SequenceEqual("UI"u8))
                uids[element] = Encoding.ASCII.GetString(file, valueAt, length).TrimEnd('\0', ' ');
            position = valueAt + length;
        }

        return new PreparedInstance(uids[0x0002], uids[0x0003], uids[0x0010], file.AsMemory(end));
    }
}
