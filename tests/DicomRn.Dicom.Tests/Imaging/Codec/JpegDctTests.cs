using CsCheck;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

public sealed class JpegDctTests
{
    private const byte Baseline = 0xC0, Extended = 0xC1;

    private static readonly int[] ZigZag = Order();

    [Fact]
    public void Blocks_decode_as_the_definition_of_the_transform_says()
    {
        Gen.Select(Gen.Int[1, 24], Gen.Int[1, 24], Gen.Bool, Gen.Int[0, 3], Gen.Int[0, 999]).Sample(
            (rows, columns, twelve, restart, seed) =>
            {
                int precision = twelve ? 12 : 8, across = (columns + 7) / 8, down = (rows + 7) / 8;
                Random random = new(seed);
                int[][] blocks = [.. Enumerable.Range(0, across * down).Select(_ => Coefficients(random, precision))];
                byte[] codestream = Encode(twelve ? Extended : Baseline, precision, rows, columns, [(1, 1)], blocks, restart);
                int[] decoded = JpegDecoder.Decode(codestream, new CodestreamShape(columns, rows, 1)).Image.Samples;
                for (int y = 0; y < rows; y++)
                {
                    for (int x = 0; x < columns; x++)
                    {
                        double exact = Math.Clamp(
                            Sample(blocks[((y / 8) * across) + (x / 8)], x % 8, y % 8) + (1 << (precision - 1)), 0, (1 << precision) - 1);
                        Assert.InRange(decoded[(y * columns) + x], exact - 0.51, exact + 0.51);
                    }
                }
            },
            iter: 100);
    }

    [Fact]
    public void Luminance_and_chrominance_become_RGB_and_the_loss_is_stated()
    {
        // Y = 128 + 40, Cb = 128, Cr = 128 + 50 on every pixel; chrominance has half the columns.
        int[] Flat(int value) => [8 * value, .. new int[63]];
        byte[] codestream = Encode(Baseline, 8, 8, 16, [(2, 1), (1, 1), (1, 1)], [Flat(40), Flat(40), Flat(0), Flat(50)], 0);
        DicomDataset image = Images.Of(8, 16, 8, 8, false, 3, false);
        image.AddOrUpdate(DicomTag.PhotometricInterpretation, "YBR_FULL_422");
        image.InternalTransferSyntax = DicomTransferSyntax.JPEGProcess1;
        DicomPixelData.Create(image, true).AddFrame(new MemoryByteBuffer(codestream));
        DicomDataset decoded = image.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("RGB", decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal(0, decoded.GetSingleValue<int>(DicomTag.PlanarConfiguration));
        Assert.Equal("01", decoded.GetString(DicomTag.LossyImageCompression));
        Assert.Equal("ISO_10918_1", decoded.GetString(DicomTag.LossyImageCompressionMethod));
        Assert.True(decoded.GetSingleValue<double>(DicomTag.LossyImageCompressionRatio) > 0);
        byte[] pixels = DicomPixelData.Create(decoded).GetFrame(0).Data;
        Assert.Equal([238, 132, 168], pixels[..3]);
        Assert.Equal(pixels[..3], pixels[^3..]);
    }

    [Fact]
    public void Damaged_frames_end_in_a_codec_exception()
    {
        Random random = new(2);
        int[][] blocks = [.. Enumerable.Range(0, 6).Select(_ => Coefficients(random, 8))];
        byte[] codestream = Encode(Baseline, 8, 12, 13, [(2, 2), (1, 1), (1, 1)], blocks, 0);
        Damage.Survives(Images.Of(12, 13, 8, 8, false, 3, false), DicomTransferSyntax.JPEGProcess1, codestream, 5000);
    }

    [Theory]
    [InlineData(0xC2, "SOF2")]
    [InlineData(0xC9, "SOF9")]
    public void Processes_that_DICOM_does_not_use_are_refused_by_name(byte process, string name)
    {
        byte[] codestream = Encode(process, 8, 8, 8, [(1, 1)], [new int[64]], 0);
        DicomCodecException e = Assert.Throws<DicomCodecException>(() => JpegDecoder.Decode(codestream, new CodestreamShape(8, 8, 1)));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    private static int[] Coefficients(Random random, int precision)
    {
        int[] block = new int[64];
        block[0] = random.Next(-(4 << precision), 4 << precision);
        for (int i = 0; i < 6; i++)
            block[random.Next(1, 64)] = random.Next(-(1 << precision), 1 << precision);
        return block;
    }

    /// <summary>Blocks of one MCU after another, each in zig-zag order; quantization steps are 1.</summary>
    private static byte[] Encode(
        byte process, int precision, int rows, int columns, (int Horizontal, int Vertical)[] sampling, int[][] blocks, int restart)
    {
        JpegWriter writer = new(codeLength: 11);
        writer.Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        writer.Frame(process, precision, rows, columns, sampling);
        writer.HuffmanTable(0, 16);
        writer.HuffmanTable(1, 256);
        if (restart > 0)
            writer.Segment(0xDD, 0, (byte)restart);
        writer.Scan(sampling.Length, 0, 63, 0);
        int[] owners = [.. sampling.SelectMany((s, i) => Enumerable.Repeat(i, s.Horizontal * s.Vertical))];
        int[] last = new int[sampling.Length];
        for (int n = 0; n < blocks.Length; n++)
        {
            if (restart > 0 && n > 0 && n % restart == 0)
            {
                writer.Marker((byte)(0xD0 + (((n / restart) - 1) & 7)));
                last[0] = 0;
            }

            int owner = sampling.Length == 1 ? 0 : owners[n % owners.Length];
            Block(writer, blocks[n], ref last[owner]);
        }

        writer.Marker(0xD9);
        return writer.ToArray();
    }

    private static void Block(JpegWriter writer, int[] block, ref int last)
    {
        int difference = block[0] - last, size = JpegWriter.SizeOf(difference), run = 0;
        last = block[0];
        writer.Symbol(size);
        writer.Difference(difference, size);
        for (int k = 1; k < 64; k++)
        {
            if (block[k] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
                writer.Symbol(0xF0);
            size = JpegWriter.SizeOf(block[k]);
            writer.Symbol((run << 4) | size);
            writer.Difference(block[k], size);
            run = 0;
        }

        if (run > 0)
            writer.Symbol(0);
    }

    // T.81 A.3.3.
    private static double Sample(int[] block, int x, int y)
    {
        double sum = 0;
        for (int k = 0; k < 64; k++)
        {
            int u = ZigZag[k] % 8, v = ZigZag[k] / 8;
            double scale = (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4;
            sum += scale * block[k] * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
        }

        return sum;
    }

    /// <summary>Row times 8 plus column of each coefficient (T.81 Figure A.6): along the diagonals, to and fro.</summary>
    private static int[] Order() =>
    [
        .. Enumerable.Range(0, 64).OrderBy(i => (i / 8) + (i % 8))
            .ThenBy(i => ((i / 8) + (i % 8)) % 2 == 0 ? i % 8 : i / 8),
    ];
}
