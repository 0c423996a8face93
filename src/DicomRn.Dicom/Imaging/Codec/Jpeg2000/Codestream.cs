using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A codestream taken apart into the image's parameters and the data of its tiles (T.800 Annex A).</summary>
internal sealed class Codestream
{
    private readonly byte[] _data;
    private readonly CodingParameters _parameters;
    private readonly PackedHeadersOfMain _packedHeaders = new();
    private readonly TileParts?[] _tiles;
    private int _position;

    private Codestream(byte[] data, CodestreamShape expected)
    {
        _data = data;
        _position = 2; // SOC
        if (ReadMarker() != MarkerCode.Size)
            throw new DicomCodecException("The JPEG 2000 header does not begin with the image's size (SIZ).");
        CodestreamReader reader = Segment(MarkerCode.Size);
        Size = ImageAndTileSize.Read(ref reader, expected);
        _parameters = new CodingParameters(Size.Components, main: null);
        _tiles = new TileParts?[Size.TilesAcross * Size.TilesDown];
        ReadMainHeader();
        ReadTileParts();
    }

    public ImageAndTileSize Size { get; }

    public byte[] Data => _data;

    /// <summary>Every tile of the image.</summary>
    public IEnumerable<TileParts> Tiles => _tiles.OfType<TileParts>();

    /// <summary>Reads all headers; the packets stay where they are.</summary>
    public static Codestream Read(byte[] data, CodestreamShape expected) => new(data, expected);

    private void ReadMainHeader()
    {
        while (true)
        {
            int marker = ReadMarker();
            if (marker == MarkerCode.StartOfTilePart)
            {
                _position -= 2;
                return;
            }

            if (marker is MarkerCode.StartOfData or MarkerCode.EndOfCodestream)
                throw new DicomCodecException("The JPEG 2000 codestream has no tile.");
            if (HasNoLength(marker))
                continue;
            CodestreamReader reader = Segment(marker);
            if (marker == MarkerCode.PackedHeadersMain)
                _packedHeaders.Read(ref reader);
            else if (marker == MarkerCode.Capabilities)
                RequireKnownCapabilities(ref reader);
            else
                _parameters.TryRead(marker, ref reader); // the others say nothing that the decoder needs
        }
    }

    private void ReadTileParts()
    {
        // What follows the last tile-part is EOC, or padding where a writer left that out.
        while (_data.Length - _position >= 2
            && BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(_position)) == MarkerCode.StartOfTilePart)
        {
            ReadTilePart();
        }

        int missing = Array.IndexOf(_tiles, null);
        if (missing >= 0)
            throw new DicomCodecException($"The JPEG 2000 codestream lacks tile {missing} of {_tiles.Length}: pixel data are missing.");
    }

    private void ReadTilePart()
    {
        int start = _position;
        CodestreamReader reader = Segment(ReadMarker());
        int index = reader.ReadUInt16();
        uint length = reader.ReadUInt32();
        if (index >= _tiles.Length)
            throw new DicomCodecException($"The JPEG 2000 codestream has a tile {index} of {_tiles.Length}.");
        TileParts tile = _tiles[index] ??= new TileParts(index, _parameters, Size.Components);
        // A length beyond the end shows below, where the packets lack data.
        int end = length == 0 ? EndOfPackets() : (int)Math.Min(_data.Length, start + (long)length);
        while (true)
        {
            int marker = ReadMarker();
            if (marker == MarkerCode.StartOfData)
                break;
            if (marker is MarkerCode.StartOfTilePart or MarkerCode.EndOfCodestream)
                throw new DicomCodecException($"A tile-part of tile {index} has no data (SOD).");
            if (HasNoLength(marker))
                continue;
            CodestreamReader segment = Segment(marker);
            tile.Read(marker, ref segment);
        }

        if (_position > end)
            throw new DicomCodecException($"A tile-part of tile {index} is shorter than its own header.");
        if (_packedHeaders.Exist)
            tile.AddPackedHeadersOfMain(_packedHeaders.Next());
        tile.Data.Add(new ByteRange(_position, end));
        tile.Count++;
        _position = end;
    }

    private int EndOfPackets()
        => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(_data.Length - 2)) == MarkerCode.EndOfCodestream
            ? _data.Length - 2
            : _data.Length;

    private static void RequireKnownCapabilities(ref CodestreamReader reader)
    {
        const uint part15 = 1u << (32 - 15);
        if ((reader.ReadUInt32() & ~part15) != 0)
            throw new DicomCodecException("The JPEG 2000 header asks for capabilities beyond Parts 1 and 15.");
    }

    private int ReadMarker()
    {
        if (_data.Length - _position < 2)
            throw new DicomCodecException("The JPEG 2000 codestream ends within a header.");
        int marker = BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(_position));
        if (marker < 0xFF00)
            throw new DicomCodecException($"The JPEG 2000 header has 0x{marker:X4} where a marker must be.");
        _position += 2;
        return marker;
    }

    private CodestreamReader Segment(int marker)
    {
        if (_data.Length - _position < 2)
            throw new DicomCodecException("The JPEG 2000 codestream ends within a header.");
        int length = BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(_position));
        if (length < 2 || length > _data.Length - _position)
            throw new DicomCodecException($"The marker segment 0x{marker:X4} has no place for its {length} bytes.");
        CodestreamReader reader = new(_data.AsSpan(_position + 2, length - 2), $"The marker segment 0x{marker:X4}");
        _position += length;
        return reader;
    }

    private static bool HasNoLength(int marker) => marker is >= 0xFF30 and <= 0xFF3F;
}
