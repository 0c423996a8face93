namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A stretch of the codestream; the end is outside.</summary>
internal readonly record struct ByteRange(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>The tile-parts of one tile, gathered from wherever they lie in the codestream (T.800 A.4.2).</summary>
internal sealed class TileParts(int index, CodingParameters main, int components)
{
    private readonly SortedDictionary<int, byte[]> _packedHeaders = [];
    private readonly List<byte[]> _packedHeadersOfMain = [];
    private CodingParameters? _own;

    public int Index { get; } = index;

    /// <summary>The tile's own parameters where it has some, else those of the main header.</summary>
    public CodingParameters Parameters => _own ?? main;

    /// <summary>Where the packets are.</summary>
    public List<ByteRange> Data { get; } = [];

    /// <summary>The number of tile-parts so far.</summary>
    public int Count { get; set; }

    /// <summary>The packet headers where they are apart from the packets (PPT, PPM), else null.</summary>
    public byte[]? PackedHeaders()
        => _packedHeaders.Count > 0 ? [.. _packedHeaders.Values.SelectMany(h => h)]
            : _packedHeadersOfMain.Count > 0 ? [.. _packedHeadersOfMain.SelectMany(h => h)]
            : null;

    /// <summary>Takes over one marker segment of a tile-part's header.</summary>
    public void Read(int marker, ref CodestreamReader reader)
    {
        if (marker == MarkerCode.PackedHeadersTilePart)
        {
            int part = reader.ReadByte();
            // The index may begin anew in every tile-part.
            if (!_packedHeaders.TryAdd(Count << 8 | part, reader.TakeRest().ToArray()))
                throw new DicomCodecException($"Tile {Index} has two PPT segments of the same index.");
            return;
        }

        CodingParameters own = _own ?? new CodingParameters(components, main);
        if (own.TryRead(marker, ref reader))
            _own = own;
    }

    /// <summary>The packet headers that the main header has for the tile's next tile-part.</summary>
    public void AddPackedHeadersOfMain(byte[] headers) => _packedHeadersOfMain.Add(headers);
}
