using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>Reads markers and marker segments (ITU-T T.87 C.1, ITU-T T.81 B.1).</summary>
internal ref struct CodestreamReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>The byte read next.</summary>
    public int Position { get; set; }

    /// <summary>The marker here, fill bytes skipped.</summary>
    /// <exception cref="DicomCodecException">There is none.</exception>
    public byte ReadMarker()
    {
        if (Position >= _data.Length)
            throw Truncated();
        if (_data[Position] != 0xFF)
            throw new DicomCodecException($"JPEG-LS: no marker at byte {Position}.");
        while (Position < _data.Length && _data[Position] == 0xFF)
            Position++;
        return Position < _data.Length ? _data[Position++] : throw Truncated();
    }

    /// <summary>The parameters of the marker segment here.</summary>
    /// <exception cref="DicomCodecException">The data end before.</exception>
    public ReadOnlySpan<byte> ReadSegment()
    {
        if (_data.Length - Position < 2)
            throw Truncated();
        int length = BinaryPrimitives.ReadUInt16BigEndian(_data[Position..]);
        if (length < 2)
            throw new DicomCodecException($"JPEG-LS: the marker segment at byte {Position} has length {length}.");
        if (length > _data.Length - Position)
            throw Truncated();
        ReadOnlySpan<byte> segment = _data.Slice(Position + 2, length - 2);
        Position += length;
        return segment;
    }

    /// <summary>Goes to the next marker from a byte inside of a scan on, or to the end.</summary>
    public void SkipEntropyData(int from)
    {
        Position = from;
        while (Position < _data.Length && !(_data[Position] == 0xFF && Position + 1 < _data.Length && _data[Position + 1] >= 0x80))
            Position++;
    }

    private static DicomCodecException Truncated() => new("JPEG-LS: the codestream ends before its image is complete.");
}
