using System.Buffers.Binary;
using System.Numerics;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Reads packet after packet of a tile: the header's account of code-blocks, and where their bytes are (T.800 B.9, B.10).
/// </summary>
internal sealed class PacketReader
{
    private readonly byte[] _data;
    private readonly List<ByteRange> _ranges;
    private readonly byte[]? _packedHeaders;
    private readonly CodeBlockParts _parts;
    private int _packedPosition;
    private int _range = -1;
    private int _position;
    private int _end;

    public PacketReader(byte[] data, TileParts tile, CodeBlockParts parts)
    {
        _data = data;
        _ranges = tile.Data;
        _packedHeaders = tile.PackedHeaders();
        _parts = parts;
    }

    /// <summary>Reads the next packet, which is one of this precinct.</summary>
    /// <exception cref="DicomCodecException">The codestream ends before, or the packet contradicts the header.</exception>
    public void Read(Resolution resolution, int precinct, int layer, CodeBlockStyle style)
    {
        if (_packedHeaders is null)
            RequireData();
        else if (_packedPosition >= _packedHeaders.Length)
            throw new DicomCodecException("The JPEG 2000 codestream lacks packet headers: pixel data are missing.");
        SkipStartOfPacket();
        int firstPart = _parts.Count + 1;
        if (_packedHeaders is null)
            _position = ReadHeader(_data.AsSpan(0, _end), _position, resolution, precinct, layer, style);
        else
            _packedPosition = ReadHeader(_packedHeaders, _packedPosition, resolution, precinct, layer, style);

        for (int number = firstPart; number <= _parts.Count; number++)
        {
            ref CodeBlockPart part = ref _parts[number];
            if (part.Length == 0)
                continue;
            if (_packedHeaders is not null)
                RequireData();
            if (part.Length > _end - _position)
                throw new DicomCodecException("The JPEG 2000 codestream ends within a packet: pixel data are missing.");
            part.Offset = _position;
            _position += part.Length;
        }
    }

    /// <summary>Goes on to the tile's next tile-part where one is at its end.</summary>
    private void RequireData()
    {
        while (_position == _end)
        {
            if (++_range >= _ranges.Count)
                throw new DicomCodecException("The JPEG 2000 codestream has fewer packets than its header says: pixel data are missing.");
            (_position, _end) = (_ranges[_range].Start, _ranges[_range].End);
        }
    }

    // No header and no codeword has 0xFF followed by more than 0x8F: a marker is one whether the header announced it or not.
    private void SkipStartOfPacket()
    {
        const int segmentLength = 6;
        if (_packedHeaders is not null && _position == _end && _range + 1 < _ranges.Count)
            RequireData();
        if (_end - _position >= segmentLength
            && BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(_position)) == MarkerCode.StartOfPacket)
        {
            _position += segmentLength;
            if (_packedHeaders is null)
                RequireData();
        }
    }

    private int ReadHeader(
        ReadOnlySpan<byte> data, int position, Resolution resolution, int precinct, int layer, CodeBlockStyle style)
    {
        PacketHeaderBits bits = new(data, position);
        if (bits.ReadBit() == 1)
        {
            foreach (PrecinctBand band in resolution.Precinct(precinct))
            {
                for (int b = 0; b < band.Blocks.Length; b++)
                    ReadBlock(ref bits, band, b, layer, style);
            }
        }

        bits.Align();
        position = bits.Position;
        bool ends = data.Length - position >= 2
            && BinaryPrimitives.ReadUInt16BigEndian(data[position..]) == MarkerCode.EndOfPacketHeader;
        return ends ? position + 2 : position;
    }

    private void ReadBlock(ref PacketHeaderBits bits, PrecinctBand band, int index, int layer, CodeBlockStyle style)
    {
        ref CodeBlock block = ref band.Blocks[index];
        if (block.LengthBits > 0)
        {
            if (bits.ReadBit() == 0)
                return;
        }
        else
        {
            int x = index % band.BlocksAcross, y = index / band.BlocksAcross;
            if (!band.Inclusion!.IsBelow(ref bits, x, y, layer + 1))
                return;
            block.ZeroBitPlanes = band.ZeroBitPlanes!.Read(ref bits, x, y, band.Band.BitPlanes);
            block.LengthBits = 3;
        }

        int passes = ReadPassCount(ref bits);
        // The first bit-plane has a cleanup pass alone; HT counts a set of three in each (T.814 B.3).
        int bitPlanes = band.Band.BitPlanes - block.ZeroBitPlanes;
        bool isHt = (style & CodeBlockStyle.HighThroughput) != 0;
        if (!isHt && bitPlanes > CodeBlockDecoder.MaximumBitPlanes)
            throw new DicomCodecException($"JPEG 2000 coefficients of {bitPlanes} bits are not supported.");
        if (block.Passes + passes > (isHt ? 3 * bitPlanes : 3 * bitPlanes - 2))
            throw new DicomCodecException("A JPEG 2000 code-block has more coding passes than its bit-planes have.");
        block.LengthBits += bits.ReadOnes(32);
        while (passes > 0)
        {
            int taken = Math.Min(passes, CodewordSegments.PassesLeft(block.Passes, style));
            // Sets of HT passes without a byte stand for bit-planes that are not coded; they are told with the first that is.
            if (isHt && !block.HasData && block.Passes % 3 == 0)
                taken = (passes - 1) / 3 * 3 + 1;
            int lengthBits = block.LengthBits + BitOperations.Log2((uint)taken);
            if (lengthBits > 31)
                throw new DicomCodecException("A JPEG 2000 packet header has a length beyond all bounds.");
            CodeBlockPart part = new()
            {
                Length = (int)bits.ReadBits(lengthBits),
                FirstPass = (ushort)block.Passes,
                Passes = (byte)taken,
                BeginsSegment = CodewordSegments.BeginsWith(block.Passes, style),
            };
            _parts.Add(ref block, part);
            block.Passes += taken;
            passes -= taken;
        }
    }

    /// <summary>The number of coding passes (T.800 Table B.4).</summary>
    private static int ReadPassCount(ref PacketHeaderBits bits)
    {
        if (bits.ReadBit() == 0)
            return 1;
        if (bits.ReadBit() == 0)
            return 2;
        uint count = bits.ReadBits(2);
        if (count < 3)
            return 3 + (int)count;
        count = bits.ReadBits(5);
        if (count < 31)
            return 6 + (int)count;
        return 37 + (int)bits.ReadBits(7);
    }
}
