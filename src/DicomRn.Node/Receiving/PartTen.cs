using System.Buffers.Binary;

namespace DicomRn.Node.Receiving;

/// <summary>The frame of a DICOM file (PS3.10 7.1).</summary>
internal static class PartTen
{
    // Preamble, prefix, and the element (0002,0000) UL, whose value counts the bytes after it.
    private const int GroupLengthEnd = 144;
    private const int GroupLengthValue = 140;

    /// <summary>Where the data set begins, in bytes.</summary>
    /// <exception cref="InvalidDataException">The file does not begin as PS3.10 has it.</exception>
    public static async Task<int> FindDataSetAsync(Stream file, CancellationToken cancellationToken)
    {
        byte[] head = new byte[GroupLengthEnd];
        await file.ReadExactlyAsync(head, cancellationToken);
        if (!head.AsSpan(128, 8).SequenceEqual("DICM\x02\0\0\0"u8))
            throw new InvalidDataException("The file does not begin with a file meta information group.");
        long offset = GroupLengthEnd + (long)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(GroupLengthValue));
        return offset <= file.Length
            ? (int)offset
            : throw new InvalidDataException("The file ends within its file meta information.");
    }
}
