using System.Buffers.Binary;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>Packet headers that lie apart from the packets: PPT and PPM segments, made from a codestream with SOP and EPH markers.</summary>
public sealed class PackedHeaderTests
{
    private const string Name = "part1-colour-8.j2k";

    private static readonly TestPattern Pattern = StoredCodestream.Part1[Name];

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    public async Task Packet_headers_are_read_from_the_header_of_the_tile_part_or_of_the_codestream(int segments, bool inTilePart)
    {
        byte[] codestream = WithPackedHeaders(segments, inTilePart);
        Assert.Equal(Pattern.Samples(), Jpeg2000Decoder.Decode(codestream, Pattern.Shape).Samples);
        Assert.Equal(Pattern.Samples(), await OpenJpeg.DecompressAsync(Pattern, codestream));
    }

    [Fact]
    public void Packed_headers_that_end_early_are_refused()
    {
        byte[] codestream = WithPackedHeaders(segments: 1, inTilePart: false);
        int segment = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x60]);
        codestream[segment + 8] -= 4; // the length of the tile-part's headers, low byte: more than the last EPH marker
        Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream, Pattern.Shape));
    }

    private static byte[] WithPackedHeaders(int segments, bool inTilePart)
    {
        byte[] original = StoredCodestream.Read(Name);
        int tilePart = original.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        int data = original.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x93]) + 2;
        (byte[] headers, byte[] bodies) = Divide(original.AsSpan(data, original.Length - 2 - data));
        byte[] packed = inTilePart ? Segments(0x61, headers, segments) : Segments(0x60, [.. Length(headers), .. headers], segments);
        byte[] codestream =
        [
            .. original[..tilePart], .. inTilePart ? [] : packed,
            .. original[tilePart..(data - 2)], .. inTilePart ? packed : [], 0xFF, 0x93, .. bodies, 0xFF, 0xD9,
        ];
        int start = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(start + 6), codestream.Length - 2 - start);
        return codestream;
    }

    /// <summary>From each SOP segment to the EPH marker after it is a header; what follows, with the SOP before it, is a body.</summary>
    private static (byte[] Headers, byte[] Bodies) Divide(ReadOnlySpan<byte> packets)
    {
        List<byte> headers = [], bodies = [];
        while (packets.Length > 0)
        {
            int end = packets.IndexOf((ReadOnlySpan<byte>)[0xFF, 0x92]) + 2;
            int next = packets[end..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0x91]);
            int length = next < 0 ? packets.Length : end + next;
            headers.AddRange(packets[6..end]);
            bodies.AddRange(packets[..6]);
            bodies.AddRange(packets[end..length]);
            packets = packets[length..];
        }

        return ([.. headers], [.. bodies]);
    }

    private static byte[] Length(byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return length;
    }

    private static byte[] Segments(byte marker, byte[] content, int count)
    {
        List<byte> segments = [];
        byte[][] chunks = [.. content.Chunk((content.Length + count - 1) / count)];
        for (int i = 0; i < chunks.Length; i++)
        {
            int length = chunks[i].Length + 3;
            segments.AddRange([0xFF, marker, (byte)(length >> 8), (byte)length, (byte)i, .. chunks[i]]);
        }

        return [.. segments];
    }
}
