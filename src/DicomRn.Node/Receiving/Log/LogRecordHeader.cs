using System.Buffers.Binary;

namespace DicomRn.Node.Receiving.Log;

/// <summary>
/// What a record of the log begins with. Behind it are the encoded <see cref="LoggedInstance"/>, the Part-10 file, and zeros up to
/// the next multiple of <see cref="Alignment"/>. Little endian:
/// <code>
///  0  magic
///  4  CRC-32C of all that follows up to the Part-10 file
///  8  sequence number, 8 bytes
/// 16  length of the encoded instance
/// 20  CRC-32C of the Part-10 file
/// 24  length of the Part-10 file, 8 bytes
/// </code>
/// </summary>
internal readonly record struct LogRecordHeader(long Sequence, int DescriptionLength, uint ContentCrc, long ContentLength)
{
    /// <summary>Length of the header.</summary>
    public const int Length = 32;

    /// <summary>
    /// Records begin at multiples of a page: a record that is written touches no page of one that was acknowledged, and no
    /// page need be read to be overwritten.
    /// </summary>
    public const int Alignment = 4096;

    /// <summary>Longer ones are not written: it must be known what is no header.</summary>
    public const int LongestDescription = 16 * 1024;

    private const uint Magic = 0x314C5244;
    private const int ChecksumStart = 8;

    /// <summary>What the record takes in the log, in bytes.</summary>
    public long RecordLength => LengthOf(DescriptionLength, ContentLength);

    /// <summary>Where the Part-10 file begins, in bytes from the record's beginning.</summary>
    public int ContentOffset => Length + DescriptionLength;

    /// <summary>What a record takes in the log, in bytes.</summary>
    public static long LengthOf(int descriptionLength, long contentLength) =>
        (Length + descriptionLength + contentLength + Alignment - 1) / Alignment * Alignment;

    /// <summary>Writes the header of a record before its description, which is in place.</summary>
    public void Write(Span<byte> record)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(record, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(record[16..], DescriptionLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[20..], ContentCrc);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], ContentLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Of(record[ChecksumStart..ContentOffset]));
    }

    /// <summary>Reads a header; null where there is none, or where it cannot be of a file with <paramref name="room"/> bytes from here.</summary>
    public static LogRecordHeader? Read(ReadOnlySpan<byte> start, long room)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(start) != Magic)
            return null;
        LogRecordHeader header = new(
            BinaryPrimitives.ReadInt64LittleEndian(start[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(start[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(start[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[24..]));
        bool isPossible = header is { DescriptionLength: > 0 and <= LongestDescription, ContentLength: >= 0, Sequence: > 0 }
            && header.ContentLength <= room && header.RecordLength <= room;
        return isPossible ? header : null;
    }

    /// <summary>Whether header and description are as they were written.</summary>
    public bool Confirms(ReadOnlySpan<byte> headerAndDescription) =>
        BinaryPrimitives.ReadUInt32LittleEndian(headerAndDescription[4..])
            == Crc32C.Of(headerAndDescription[ChecksumStart..ContentOffset]);
}
