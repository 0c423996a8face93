using CsCheck;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

public sealed class JpegLosslessTests
{
    [Fact]
    public void Every_predictor_precision_point_transform_and_restart_interval_decodes_exactly()
    {
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[2, 16], Gen.Int[1, 7], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 999]).Sample(
            (rows, columns, precision, predictor, transform, restartRows, colour, seed) =>
            {
                int components = colour == 1 ? 3 : 1;
                transform = Math.Min(transform, precision - 1);
                Random random = new(seed);
                int[] samples = new int[rows * columns * components];
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = random.Next(1 << (precision - transform)) << transform;
                byte[] codestream = Encode(samples, rows, columns, components, precision, predictor, transform, restartRows);
                JpegImage image = JpegDecoder.Decode(codestream, new CodestreamShape(columns, rows, components));
                Assert.True(image.IsLossless);
                Assert.Equal(precision, image.Image.Precision);
                Assert.Equal(samples, image.Image.Samples);
            },
            iter: 2000);
    }

    [Fact]
    public void Signed_samples_are_extended_to_their_cells()
    {
        byte[] codestream = Encode([0xFFF, 0x800, 0x7FF, 1], 2, 2, 1, 12, 1, 0, 0);
        DicomDataset image = Images.Of(2, 2, 16, 12, true, 1, false);
        byte[] cells = Damage.Decode(image, DicomTransferSyntax.JPEGProcess14, codestream);
        Assert.Equal([0xFF, 0xFF, 0x00, 0xF8, 0xFF, 0x07, 1, 0], cells);
    }

    [Fact]
    public void Samples_go_to_the_top_of_their_cells_where_High_Bit_says_so()
    {
        byte[] codestream = Encode([1, 2, 3, 4095], 2, 2, 1, 12, 1, 0, 0);
        DicomDataset image = Images.Of(2, 2, 16, 12, false, 1, false);
        image.AddOrUpdate(DicomTag.HighBit, (ushort)15);
        byte[] cells = Damage.Decode(image, DicomTransferSyntax.JPEGProcess14, codestream);
        Assert.Equal([0x10, 0, 0x20, 0, 0x30, 0, 0xF0, 0xFF], cells);
    }

    [Fact]
    public void A_header_of_another_size_is_refused_before_memory_is_taken()
    {
        byte[] codestream = Encode([1, 2, 3, 4], 2, 2, 1, 8, 1, 0, 0);
        int frame = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC3]);
        codestream[frame + 5] = 0xFF;
        codestream[frame + 7] = 0xFF;
        DicomCodecException e = Assert.Throws<DicomCodecException>(() => JpegDecoder.Decode(codestream, new CodestreamShape(2, 2, 1)));
        Assert.Contains("65282×65282", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_frames_end_in_a_codec_exception()
    {
        Random random = new(1);
        int[] samples = new int[16 * 12];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = 2000 + random.Next(60);
        DicomDataset image = Images.Of(12, 16, 16, 12, false, 1, false);
        Damage.Survives(image, DicomTransferSyntax.JPEGProcess14SV1, Encode(samples, 12, 16, 1, 12, 4, 0, 3), 5000);
    }

    private static byte[] Encode(
        int[] samples, int rows, int columns, int components, int precision, int predictor, int transform, int restartRows)
    {
        JpegWriter writer = new(codeLength: (precision % 8) + 5);
        writer.HuffmanTable(0, 17);
        writer.Frame(0xC3, precision, rows, columns, [.. Enumerable.Repeat((1, 1), components)]);
        if (restartRows > 0)
            writer.Segment(0xDD, (byte)(restartRows * columns >> 8), (byte)(restartRows * columns));
        writer.Scan(components, predictor, 0, transform);
        int At(int x, int y, int c) => samples[(((y * columns) + x) * components) + c] >> transform;
        for (int y = 0; y < rows; y++)
        {
            bool first = restartRows == 0 ? y == 0 : y % restartRows == 0;
            if (first && y > 0)
                writer.Marker((byte)(0xD0 + (((y / restartRows) - 1) & 7)));
            for (int x = 0; x < columns; x++)
            {
                for (int c = 0; c < components; c++)
                {
                    int prediction = first
                        ? x == 0 ? 1 << (precision - transform - 1) : At(x - 1, y, c)
                        : x == 0 ? At(x, y - 1, c) : Predict(predictor, At(x - 1, y, c), At(x, y - 1, c), At(x - 1, y - 1, c));

                    // Differences are modulo 2^16, and −32768 is written as 32768 (T.81 H.1.2.1).
                    int difference = (short)(At(x, y, c) - prediction);
                    int size = JpegWriter.SizeOf(difference);
                    writer.Symbol(size);
                    if (size < 16)
                        writer.Difference(difference, size);
                }
            }
        }

        writer.Marker(0xD9);
        return writer.ToArray();
    }

    // T.81 Table H.1.
    private static int Predict(int predictor, int a, int b, int c) => predictor switch
    {
        1 => a,
        2 => b,
        3 => c,
        4 => a + b - c,
        5 => a + ((b - c) >> 1),
        6 => b + ((a - c) >> 1),
        _ => (a + b) >> 1,
    };
}
