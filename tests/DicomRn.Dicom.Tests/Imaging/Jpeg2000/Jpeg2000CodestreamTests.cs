using System.Buffers.Binary;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

public sealed class Jpeg2000CodestreamTests
{
    private const int MarkerSize = 2;

    public static TheoryData<string> Names { get; } = [.. StoredCodestream.All.Keys];

    [Theory]
    [InlineData("part1-colour-8.j2k")]
    [InlineData("part1-signed-12.j2k")]
    [InlineData("part1-grey-16.j2k")]
    [InlineData("ht-grey-8.j2c")]
    [InlineData("ht-colour-8.j2c")]
    [InlineData("ht-signed-12.j2c")]
    [InlineData("ht-grey-16.j2c")]
    [InlineData("ht-signed-16.j2c")]
    [InlineData("ht-line-12.j2c")]
    [InlineData("ht-undecomposed-10.j2c")]
    public void Reversible_codestreams_give_the_image_back(string name)
    {
        TestPattern pattern = StoredCodestream.All[name];
        CodestreamImage image = Jpeg2000Decoder.Decode(StoredCodestream.Read(name), pattern.Shape);
        Assert.Equal(pattern.Samples(), image.Samples);
        Assert.Equal((pattern.Shape, pattern.Bits, pattern.IsSigned), (image.Shape, image.Precision, image.IsSigned));
    }

    [Theory]
    [InlineData("part1-irreversible-8.j2k", 25)]
    [InlineData("ht-irreversible-8.j2c", 40)]
    [InlineData("ht-irreversible-12.j2c", 68)]
    public void Irreversible_codestreams_come_near_the_image(string name, double decibels)
    {
        TestPattern pattern = StoredCodestream.All[name];
        int[] samples = Jpeg2000Decoder.Decode(StoredCodestream.Read(name), pattern.Shape).Samples;
        double squares = samples.Zip(pattern.Samples(), (a, b) => (double)(a - b) * (a - b)).Average();
        double peak = (1 << pattern.Bits) - 1;
        Assert.InRange(10 * Math.Log10(peak * peak / squares), decibels, 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_shape_than_the_data_set_announces_is_refused(string name)
    {
        CodestreamShape shape = StoredCodestream.All[name].Shape;
        byte[] codestream = StoredCodestream.Read(name);
        foreach (CodestreamShape other in new[]
                 {
                     shape with { Width = shape.Width + 1 }, shape with { Height = shape.Height + 3 }, shape with { Components = 4 - shape.Components },
                 })
            Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream, other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_codestream_that_ends_anywhere_before_its_last_packet_is_refused(string name)
    {
        TestPattern pattern = StoredCodestream.All[name];
        byte[] codestream = StoredCodestream.Read(name);
        for (int length = 0; length < codestream.Length - MarkerSize; length += length < codestream.Length - 50 ? 7 : 1)
            Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream.AsSpan(0, length), pattern.Shape));
    }

    [Fact]
    public void The_end_marker_may_be_missing_and_padding_may_follow()
    {
        TestPattern pattern = StoredCodestream.All["part1-grey-16.j2k"];
        byte[] codestream = StoredCodestream.Read("part1-grey-16.j2k");
        Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode(codestream.AsSpan(0, codestream.Length - MarkerSize), pattern.Shape).Samples);
        Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode([.. codestream, 0, 0, 0], pattern.Shape).Samples);
    }

    [Fact]
    public void A_damaged_segmentation_symbol_is_noticed()
    {
        TestPattern pattern = StoredCodestream.All["part1-signed-12.j2k"];
        byte[] codestream = StoredCodestream.Read("part1-signed-12.j2k");
        codestream[codestream.Length * 3 / 4] ^= 0x55;
        Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream, pattern.Shape));
    }

    /// <summary>Fields of the SIZ segment: what they are set to, and where (from the beginning of the codestream).</summary>
    [Theory]
    [InlineData(0, 0xFF4E)] // SOC
    [InlineData(6, 0x8000)] // Rsiz: Part 2
    [InlineData(40, 0)] // no components
    [InlineData(42, 0x1F01)] // 32 bits
    [InlineData(43, 0x0201)] // sub-sampled
    public void Headers_that_contradict_themselves_or_ask_for_too_much_are_refused(int at, int value)
    {
        byte[] codestream = StoredCodestream.Read("part1-grey-16.j2k");
        BinaryPrimitives.WriteUInt16BigEndian(codestream.AsSpan(at), (ushort)value);
        Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream, StoredCodestream.All["part1-grey-16.j2k"].Shape));
    }

    [Fact]
    public void Tiles_of_one_sample_are_refused_before_they_take_memory()
    {
        byte[] codestream = StoredCodestream.Read("part1-grey-16.j2k");
        CodestreamShape shape = new(1000, 1000, 1);
        BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(8), 1000);
        BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(12), 1000);
        BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(24), 1);
        BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(28), 1);
        DicomCodecException refusal = Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(codestream, shape));
        Assert.Contains("65535 tiles", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_of_the_progression_that_leave_packets_out_are_refused()
    {
        byte[] codestream = StoredCodestream.Read("part1-grey-16.j2k");
        int tilePart = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x90]);
        // Resolutions 0 and 1 of three, both layers, component 0.
        byte[] change = [0xFF, 0x5F, 0, 9, 0, 0, 0, 2, 2, 1, 0];
        DicomCodecException refusal = Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(
            [.. codestream[..tilePart], .. change, .. codestream[tilePart..]], StoredCodestream.All["part1-grey-16.j2k"].Shape));
        Assert.Contains("leave packets out", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Precincts_of_one_sample_are_refused_before_they_take_memory()
    {
        byte[] codestream = StoredCodestream.Read("part1-grey-16.j2k");
        int style = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x52]);
        CodestreamShape shape = new(2000, 2000, 1);
        foreach (int field in new[] { 8, 12, 24, 28 })
            BinaryPrimitives.WriteInt32BigEndian(codestream.AsSpan(field), 2000);
        codestream[style + 3] = 15; // Lcod, with a precinct size for each of three resolutions
        codestream[style + 4] |= 1;
        byte[] withPrecincts = [.. codestream[..(style + 14)], 0x11, 0x11, 0x11, .. codestream[(style + 14)..]];
        DicomCodecException refusal = Assert.Throws<DicomCodecException>(() => Jpeg2000Decoder.Decode(withPrecincts, shape));
        Assert.Contains("too many precincts", refusal.Message, StringComparison.Ordinal);
    }
}
