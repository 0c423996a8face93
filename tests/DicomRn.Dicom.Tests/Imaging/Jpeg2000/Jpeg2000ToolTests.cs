using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>Codestreams made by opj_compress with all that it can vary.</summary>
public sealed class Jpeg2000ToolTests
{
    private static readonly string[] Orders = ["LRCP", "RLCP", "RPCL", "PCRL", "CPRL"];

    /// <summary>Options that lose nothing.</summary>
    public static TheoryData<string> LosslessOptions { get; } =
    [
        "",
        .. Orders.Select(o => $"-p {o} -n 4 -c [32,32],[16,16] -r 20,10,1"),
        .. Orders.Select(o => $"-p {o} -n 3 -t 50,40 -TP R -r 10,1"),
        .. Orders.Select(o => $"-p {o} -n 5 -t 61,47 -d 13,7 -T 5,3 -c [64,32],[32,32] -b 16,8"),
        // Bypass 1, reset 2, terminate 4, vertically causal 8, predictable termination 16, segmentation symbols 32.
        .. new[] { 1, 2, 4, 8, 16, 32, 5, 9, 13, 41, 48, 63 }.Select(style => $"-M {style} -b 32,32"),
        .. new[] { 1, 4, 5, 12, 63 }.Select(style => $"-M {style} -b 16,64 -r 30,8,1"),
        "-b 4,4", "-b 1024,4", "-b 4,1024", "-b 128,32", "-n 1", "-n 2", "-mct 0",
        "-SOP", "-EPH", "-SOP -EPH -r 10,1 -n 3", "-PLT -TLM", "-TP L -r 30,10,3,1", "-TP C -p CPRL",
        "-n 4 -r 20,10,1 -POC T1=0,0,3,2,3,RPCL/T1=2,0,3,4,3,LRCP", "-n 4 -r 20,10,1 -POC T0=0,0,3,4,1,CPRL/T0=0,1,3,4,3,CPRL",
        "-n 1 -t 8,8", "-n 3 -t 16,300",
    ];

    public static TheoryData<int, int> OddSizes { get; } = new()
    {
        { 1, 1 }, { 1, 50 }, { 50, 1 }, { 2, 2 }, { 3, 5 }, { 17, 9 }, { 33, 64 }, { 5, 200 },
    };

    [Theory]
    [MemberData(nameof(LosslessOptions))]
    public async Task Lossless_codestreams_of_every_kind_give_the_image_back(string options)
    {
        TestPattern[] patterns = options.Contains("-POC", StringComparison.Ordinal)
            ? [new(101, 67, 3, 8, false)]
            : [new(101, 67, 3, 8, false), new(101, 67, 1, 12, true), new(130, 97, 1, 16, false)];
        foreach (TestPattern pattern in patterns)
        {
            if (pattern.Components == 1 && options.Contains("-mct", StringComparison.Ordinal))
                continue;
            byte[] codestream = await OpenJpeg.CompressAsync(pattern, options);
            CodestreamImage image = Jpeg2000Decoder.Decode(codestream, pattern.Shape);
            Assert.Equal(pattern.Samples(), image.Samples);
            Assert.Equal((pattern.Bits, pattern.IsSigned), (image.Precision, image.IsSigned));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(10, false)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public async Task Every_bit_depth_gives_the_image_back(int bits, bool isSigned)
    {
        foreach (int components in new[] { 1, 3 })
        {
            TestPattern pattern = new(70, 60, components, bits, isSigned);
            byte[] codestream = await OpenJpeg.CompressAsync(pattern, "");
            Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples);
        }
    }

    [Theory]
    [MemberData(nameof(OddSizes))]
    public async Task Images_of_odd_sizes_come_back_from_both_wavelets(int width, int height)
    {
        TestPattern pattern = new(width, height, 1, 12, true);
        int levels = Math.Clamp((int)Math.Log2(Math.Min(width, height)) + 1, 1, 5);
        byte[] reversible = await OpenJpeg.CompressAsync(pattern, $"-n {levels}");
        Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode(reversible, pattern.Shape).Samples);
        await AssertIsAsOpenJpegHasItAsync(pattern, await OpenJpeg.CompressAsync(pattern, $"-n {levels} -I"), tolerance: 1);
    }

    [Theory]
    [InlineData("-r 12")]
    [InlineData("-r 30,12 -M 63")]
    [InlineData("-r 20 -n 3 -c [32,32] -t 40,40")]
    public async Task Reversible_codestreams_with_bit_planes_left_out_are_as_OpenJPEG_has_them(string options)
    {
        foreach (TestPattern pattern in new TestPattern[] { new(101, 67, 3, 8, false), new(101, 67, 1, 16, true) })
            await AssertIsAsOpenJpegHasItAsync(pattern, await OpenJpeg.CompressAsync(pattern, options), tolerance: 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-r 12")]
    [InlineData("-q 30,40,45")]
    [InlineData("-r 12 -t 64,64 -n 3 -M 41")]
    [InlineData("-r 12 -mct 0")]
    public async Task Irreversible_codestreams_are_within_one_of_OpenJPEG(string options)
    {
        foreach (TestPattern pattern in new TestPattern[] { new(101, 67, 3, 8, false), new(101, 67, 1, 12, true), new(101, 67, 3, 12, false) })
            await AssertIsAsOpenJpegHasItAsync(pattern, await OpenJpeg.CompressAsync(pattern, "-I " + options), tolerance: 1);
    }

    [Fact]
    public async Task Irreversible_codestreams_of_16_bits_are_nearer_to_the_image_than_half_a_step()
    {
        // OpenJPEG's decoder has 2/K in fewer digits than T.800 Table F.4 and is off by 2 at this depth, so the image itself
        // is the reference.
        TestPattern pattern = new(101, 67, 1, 16, false);
        byte[] codestream = await OpenJpeg.CompressAsync(pattern, "-I");
        AssertNear(pattern.Samples(), Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples, tolerance: 1);
    }

    [Theory]
    [InlineData(8, 1, "-ROI c=0,U=12")]
    [InlineData(12, 1, "-ROI c=0,U=14")]
    [InlineData(8, 3, "-ROI c=1,U=12 -r 10,1")]
    public async Task A_region_of_interest_is_lowered_again(int bits, int components, string options)
    {
        TestPattern pattern = new(101, 67, components, bits, false);
        byte[] codestream = await OpenJpeg.CompressAsync(pattern, options);
        Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples);
    }

    [Fact]
    public async Task The_codestream_in_a_JP2_file_is_found()
    {
        TestPattern pattern = new(40, 30, 3, 8, false);
        byte[] file = await OpenJpeg.CompressAsync(pattern, "-n 3", "jp2");
        Assert.Equal(pattern.Samples(), Jpeg2000Decoder.Decode(file, pattern.Shape).Samples);
    }

    private static async Task AssertIsAsOpenJpegHasItAsync(TestPattern pattern, byte[] codestream, int tolerance)
        => AssertNear(
            await OpenJpeg.DecompressAsync(pattern, codestream), Jpeg2000Decoder.Decode(codestream, pattern.Shape).Samples, tolerance);

    private static void AssertNear(int[] expected, int[] actual, int tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
    }
}
