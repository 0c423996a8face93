using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.JpegLs;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

/// <summary>What a codestream may have besides the plainest segments, and what is refused.</summary>
public sealed class JpegLsCodestreamTests
{
    private static readonly CodestreamImage Grey = SampleImages.Create(8, new(20, 9, 1), kind: 3, seed: 7);
    private static readonly CodestreamImage Colour = SampleImages.Create(8, new(11, 6, 3), kind: 3, seed: 8);

    [Fact]
    public void The_example_of_the_standard_decodes()
    {
        // ITU-T T.87 H.3: a 4×4 image of 8 bits, its codestream bit by bit.
        byte[] codestream = Convert.FromHexString(
            "FFD8FFF7000B080004000401011100FFDA0008010100000000"
            + "C000006C80208E01C0000057400000" + "6EE6000001BC18000005D80000" + "9160FFD9");
        CodestreamImage image = JpegLsDecoder.Decode(codestream, new(4, 4, 1));
        Assert.Equal([0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145], image.Samples);
        Assert.Equal(codestream, JpegLsEncoder.Encode(image));
    }

    [Theory]
    [InlineData(255, 0, 3, 7, 21)]
    [InlineData(255, 3, 12, 22, 42)]
    [InlineData(4095, 0, 18, 67, 276)]
    [InlineData(65535, 0, 18, 67, 276)]
    [InlineData(1023, 0, 6, 19, 72)]
    [InlineData(127, 0, 2, 3, 10)]
    [InlineData(15, 0, 2, 3, 4)]
    [InlineData(3, 0, 2, 3, 3)]
    [InlineData(1, 0, 1, 1, 1)]
    public void Default_thresholds_follow_from_depth_and_deviation(int maximum, int near, int t1, int t2, int t3) =>
        Assert.Equal(new PresetParameters(maximum, t1, t2, t3, 64), CodingParameters.DefaultThresholds(maximum, near));

    [Fact]
    public void Spiff_header_application_data_and_comments_are_skipped()
    {
        byte[] spiff = Convert.FromHexString("FFE800205350494646000100" + "0001000000090000001408080600000001000000" + "0100" + "FFE8000800000001FFD8");
        byte[] others = Convert.FromHexString("FFE00004ABCDFFFFFFFE000568690A");
        byte[] plain = JpegLsEncoder.Encode(Grey);
        Assert.Equal(Grey.Samples, Decode(Grey, [.. plain[..2], .. spiff, .. others, .. plain[2..]]));
        // The end-of-directory entry without the SOI, which then follows.
        Assert.Equal(Grey.Samples, Decode(Grey, [.. plain[..2], .. spiff[..^4], 0, 1, 0xFF, 0xD8, .. plain[2..]]));
    }

    [Fact]
    public void Lines_are_counted_by_a_segment_behind_the_first_scan()
    {
        foreach (InterleaveMode interleave in Enum.GetValues<InterleaveMode>())
        {
            byte[] codestream = JpegLsEncoder.Encode(Colour, new JpegLsOptions { Interleave = interleave });
            codestream[8] = 0;
            int scans = interleave == InterleaveMode.None ? 3 : 1;
            int end = scans == 1 ? codestream.Length - 2 : IndexOf(codestream, [0xFF, 0xDA], IndexOf(codestream, [0xFF, 0xDA], 0) + 2);
            byte[] counted = [.. codestream[..end], 0xFF, 0xDC, 0, 4, 0, 6, .. codestream[end..]];
            Assert.Equal(Colour.Samples, Decode(Colour, counted));
            Assert.Throws<DicomCodecException>(() => Decode(Colour, codestream));
            counted[end + 5] = 7;
            Assert.Throws<DicomCodecException>(() => Decode(Colour, counted));
        }
    }

    [Fact]
    public void Dimensions_may_stand_in_a_segment_of_their_own()
    {
        byte[] codestream = JpegLsEncoder.Encode(Grey);
        codestream.AsSpan(7, 4).Clear();
        byte[] oversize = [0xFF, 0xF8, 0, 10, 4, 3, 0, 0, 9, 0, 0, 20];
        Assert.Equal(Grey.Samples, Decode(Grey, [.. codestream[..2], .. oversize, .. codestream[2..]]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_colour_transforms_of_another_vendor_are_undone(int transform)
    {
        int[] transformed = [.. Colour.Samples.Chunk(3).SelectMany(rgb => Forward(transform, rgb[0], rgb[1], rgb[2]))];
        byte[] codestream = JpegLsEncoder.Encode(Colour with { Samples = transformed });
        byte[] announced = [.. codestream[..2], 0xFF, 0xE8, 0, 7, .. "mrfx"u8, (byte)transform, .. codestream[2..]];
        Assert.Equal(Colour.Samples, Decode(Colour, announced));
    }

    [Fact]
    public void An_unknown_colour_transform_or_one_of_grey_is_refused()
    {
        byte[] codestream = JpegLsEncoder.Encode(Colour);
        Assert.Throws<DicomCodecException>(
            () => Decode(Colour, [.. codestream[..2], 0xFF, 0xE8, 0, 7, .. "mrfx"u8, 4, .. codestream[2..]]));
        codestream = JpegLsEncoder.Encode(Grey);
        Assert.Throws<DicomCodecException>(() => Decode(Grey, [.. codestream[..2], 0xFF, 0xE8, 0, 7, .. "mrfx"u8, 1, .. codestream[2..]]));
    }

    [Fact]
    public void Mapping_tables_are_refused_where_a_scan_uses_them()
    {
        byte[] codestream = JpegLsEncoder.Encode(Grey);
        byte[] table = [0xFF, 0xF8, 0, 7, 2, 1, 1, 0, 0];
        byte[] unused = [.. codestream[..2], .. table, .. codestream[2..]];
        Assert.Equal(Grey.Samples, Decode(Grey, unused));
        unused[IndexOf(unused, [0xFF, 0xDA], 0) + 6] = 1;
        Assert.Contains("mapping", Assert.Throws<DicomCodecException>(() => Decode(Grey, unused)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_other_than_that_of_the_data_set_is_refused_before_anything_is_allocated()
    {
        byte[] codestream = JpegLsEncoder.Encode(Grey);
        codestream[7] = 0xFF;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomCodecException>(() => Decode(Grey, codestream));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_huge_image_in_a_few_bytes_is_refused_though_the_data_set_announces_it()
    {
        byte[] codestream = JpegLsEncoder.Encode(Grey);
        codestream.AsSpan(7, 4).Fill(0xFF);
        Assert.Throws<DicomCodecException>(() => JpegLsDecoder.Decode(codestream, new(65535, 65535, 1)));
    }

    [Theory]
    [InlineData("FFF8000D0100000000000000000002")]
    [InlineData("FFF8000D0101000000000000000000")]
    [InlineData("FFF8000D0100FF0009000800000000")]
    [InlineData("FFF800030D")]
    public void Contradictory_preset_parameters_are_refused(string segment)
    {
        byte[] codestream = JpegLsEncoder.Encode(Grey);
        Assert.Throws<DicomCodecException>(() => Decode(Grey, [.. codestream[..2], .. Convert.FromHexString(segment), .. codestream[2..]]));
    }

    private static int[] Decode(CodestreamImage image, byte[] codestream) => JpegLsDecoder.Decode(codestream, image.Shape).Samples;

    private static int[] Forward(int transform, int red, int green, int blue) => transform switch
    {
        1 => [(red - green + 128) & 255, green, (blue - green + 128) & 255],
        2 => [(red - green + 128) & 255, green, (blue - ((red + green) >> 1) + 128) & 255],
        _ => Third((blue - green + 128) & 255, (red - green + 128) & 255, green),
    };

    private static int[] Third(int second, int third, int green) => [(green + ((second + third) >> 2) - 64) & 255, second, third];

    private static int IndexOf(byte[] bytes, byte[] sought, int from) => from + bytes.AsSpan(from).IndexOf(sought);
}
