using System.Buffers.Binary;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>HTJ2K codestreams as opj_decompress has them, with the passes too that no encoder at hand writes.</summary>
public sealed class HtToolTests
{
    private const string OneBlock = "ht-one-block.j2c";

    public static TheoryData<string> Names { get; } = [.. StoredCodestream.HighThroughput.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task HT_codestreams_are_as_OpenJPEG_has_them(string name)
    {
        TestPattern pattern = StoredCodestream.HighThroughput[name];
        byte[] codestream = StoredCodestream.Read(name);
        int[] expected = await OpenJpeg.DecompressAsync(pattern, codestream);
        int[] samples = Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples;
        Assert.InRange(expected.Zip(samples, (a, b) => Math.Abs(a - b)).Max(), 0, name.Contains("irreversible", StringComparison.Ordinal) ? 1 : 0);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Refinement_passes_are_decoded_as_OpenJPEG_decodes_them(int passes, bool isCausal)
    {
        TestPattern pattern = new(32, 30, 1, 12, true);
        for (int seed = 0; seed < 5; seed++)
        {
            byte[] codestream = WithRefinement(StoredCodestream.Read(OneBlock), passes, isCausal, seed);
            int[] expected = await OpenJpeg.DecompressAsync(pattern, codestream);
            Assert.Equal(expected, Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples);
        }
    }

    [Fact]
    public void Placeholder_passes_move_the_cleanup_pass_down_as_zero_bit_planes_do()
    {
        TestPattern pattern = new(32, 30, 1, 12, true);
        byte[] codestream = StoredCodestream.Read(OneBlock);
        byte[] withPlaceholders = Rewrite(codestream, zeroPlanes => zeroPlanes - 2, "1111" + "00001", 7, []);
        Assert.Equal(
            Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples, Jpeg2000Decoder.Decode(withPlaceholders, pattern.Shape).Samples);
    }

    /// <summary>The codestream with one zero bit-plane fewer, and random bits in passes for the one that is thus below.</summary>
    private static byte[] WithRefinement(byte[] codestream, int passes, bool isCausal, int seed)
    {
        Random random = new(seed);
        byte[] refinement = new byte[100];
        random.NextBytes(refinement);
        for (int i = 0; i < refinement.Length; i++)
            refinement[i] &= (byte)(i % 5 == 0 ? 0x0F : 0x7F);
        byte[] rewritten = Rewrite(codestream, zeroPlanes => zeroPlanes - 1, passes == 2 ? "10" : "1100", 1, refinement);
        if (isCausal)
            rewritten[rewritten.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x52]) + 12] |= (byte)CodeBlockStyle.VerticallyCausal;
        return rewritten;
    }

    /// <summary>Writes the only packet anew (T.800 B.10).</summary>
    private static byte[] Rewrite(byte[] codestream, Func<int, int> zeroPlanes, string passes, int firstSegmentPasses, byte[] refinement)
    {
        int tilePart = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        int packet = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x93]) + 2;
        PacketHeaderBits bits = new(codestream, packet);
        Assert.Equal(0b11u, bits.ReadBits(2)); // not empty; the code-block is in it
        int zeros = 0;
        while (bits.ReadBit() == 0)
            zeros++;
        Assert.Equal(0, bits.ReadBit()); // one pass
        int lengthBits = 3 + bits.ReadOnes(32);
        int length = (int)bits.ReadBits(lengthBits);
        bits.Align();
        byte[] cleanup = codestream[bits.Position..(bits.Position + length)];

        const int wide = 12;
        string header = "11" + new string('0', zeroPlanes(zeros)) + "1" + passes + new string('1', wide - 3) + "0"
            + Binary(length, wide + (int)Math.Log2(firstSegmentPasses))
            + (refinement.Length > 0 ? Binary(refinement.Length, wide + (passes == "1100" ? 1 : 0)) : "");
        byte[] rewritten = [.. codestream[..packet], .. Pack(header), .. cleanup, .. refinement, 0xFF, 0xD9];
        BinaryPrimitives.WriteInt32BigEndian(rewritten.AsSpan(tilePart + 6), rewritten.Length - 2 - tilePart);
        return rewritten;
    }

    private static string Binary(int value, int bits) => Convert.ToString(value, 2).PadLeft(bits, '0');

    private static List<byte> Pack(string bits)
    {
        List<byte> bytes = [];
        for (int at = 0; at < bits.Length;)
        {
            int take = bytes.Count > 0 && bytes[^1] == 0xFF ? 7 : 8;
            bytes.Add(Convert.ToByte(bits.PadRight(at + take, '0').Substring(at, take), 2));
            at += take;
        }

        return bytes;
    }
}
