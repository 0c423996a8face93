using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The packet headers of all tile-parts in the main header (PPM, T.800 A.7.4): the segments joined by index are, for each
/// tile-part in the order of the codestream, a length and that many bytes.
/// </summary>
internal sealed class PackedHeadersOfMain
{
    private readonly SortedDictionary<int, byte[]> _segments = [];
    private byte[]? _joined;
    private int _position;

    public bool Exist => _segments.Count > 0;

    public void Read(ref CodestreamReader reader)
    {
        if (!_segments.TryAdd(reader.ReadByte(), reader.TakeRest().ToArray()))
            throw new DicomCodecException("The JPEG 2000 header has two PPM segments of the same index.");
    }

    /// <summary>The headers of the next tile-part.</summary>
    public byte[] Next()
    {
        _joined ??= [.. _segments.Values.SelectMany(s => s)];
        if (_joined.Length - _position < 4)
            throw new DicomCodecException("The PPM segments have no packet headers for some tile-parts.");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_joined.AsSpan(_position));
        _position += 4;
        if (length > _joined.Length - _position)
            throw new DicomCodecException("The PPM segments end within the packet headers of a tile-part.");
        byte[] headers = _joined.AsSpan(_position, (int)length).ToArray();
        _position += (int)length;
        return headers;
    }
}
