namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>Decodes a scan of DCT coefficients (T.81 F.2).</summary>
internal static class JpegSequentialScan
{
    private const int BlockSize = 8;

    // The most that 12-bit samples give: a DC difference of 15 bits, AC coefficients of 14 (T.81 Tables F.6, F.7).
    private const int LargestDc = 15, LargestAc = 14;

    /// <summary>Place of each coefficient of the zig-zag sequence in a transposed block (T.81 Figure A.6).</summary>
    private static readonly byte[] Transposed = TransposedZigZag();

    public static int Decode(ReadOnlySpan<byte> data, int start, JpegFrame frame, JpegScan scan, int restartInterval)
    {
        JpegBits bits = new(data, start);
        int mcuColumns = JpegFrame.Ceiling(frame.Width, BlockSize * frame.MaximumHorizontal);
        int mcuRows = JpegFrame.Ceiling(frame.Height, BlockSize * frame.MaximumVertical);
        foreach (JpegScanComponent c in scan.Components)
            c.Component.Allocate(mcuColumns * BlockSize * c.Component.Horizontal, mcuRows * BlockSize * c.Component.Vertical);
        bool interleaved = scan.Components.Length > 1;
        if (!interleaved)
        {
            mcuColumns = JpegFrame.Ceiling(scan.Components[0].Component.Width, BlockSize);
            mcuRows = JpegFrame.Ceiling(scan.Components[0].Component.Height, BlockSize);
        }

        Span<int> predictions = stackalloc int[4];
        int untilRestart = restartInterval, restart = 0;
        for (int row = 0; row < mcuRows; row++)
        {
            for (int column = 0; column < mcuColumns; column++)
            {
                if (restartInterval > 0 && untilRestart-- == 0)
                {
                    bits.Restart(restart++ & 7);
                    predictions.Clear();
                    untilRestart = restartInterval - 1;
                }

                for (int i = 0; i < scan.Components.Length; i++)
                {
                    JpegScanComponent c = scan.Components[i];
                    int across = interleaved ? c.Component.Horizontal : 1, down = interleaved ? c.Component.Vertical : 1;
                    for (int y = 0; y < down; y++)
                    {
                        for (int x = 0; x < across; x++)
                            DecodeBlock(ref bits, c, ref predictions[i], (row * down) + y, (column * across) + x, frame.Precision);
                    }
                }
            }
        }

        return bits.Position;
    }

    private static void DecodeBlock(ref JpegBits bits, JpegScanComponent c, ref int prediction, int row, int column, int precision)
    {
        Span<float> coefficients = stackalloc float[64];
        coefficients.Clear();
        int size = c.Dc.Decode(ref bits);
        if (size > LargestDc)
            throw new DicomCodecException($"A JPEG DC difference of {size} bits.");
        prediction += bits.Difference(size);
        coefficients[0] = prediction * (float)c.Quantization[0];
        bool flat = true;
        for (int k = 1; k < 64; k++)
        {
            int symbol = c.Ac!.Decode(ref bits), run = symbol >> 4;
            size = symbol & 15;
            if (size == 0)
            {
                if (run < 15)
                    break;
                k += 15;
                continue;
            }

            k += run;
            if (k > 63 || size > LargestAc)
                throw new DicomCodecException("A JPEG block has too many or too large coefficients.");
            coefficients[Transposed[k]] = bits.Difference(size) * (float)c.Quantization[k];
            flat = false;
        }

        int stride = c.Component.Stride;
        Span<ushort> samples = c.Component.Samples.AsSpan((row * BlockSize * stride) + (column * BlockSize));
        int most = (1 << precision) - 1;
        float level = 1 << (precision - 1);
        if (flat)
        {
            ushort value = Level(coefficients[0] / 8, level, most);
            for (int y = 0; y < BlockSize; y++)
                samples.Slice(y * stride, BlockSize).Fill(value);
            return;
        }

        Span<float> block = stackalloc float[64];
        InverseDct.Transform(coefficients, block);
        for (int y = 0; y < BlockSize; y++)
        {
            Span<ushort> line = samples.Slice(y * stride, BlockSize);
            ReadOnlySpan<float> from = block.Slice(y * BlockSize, BlockSize);
            for (int x = 0; x < BlockSize; x++)
                line[x] = Level(from[x], level, most);
        }
    }

    private static ushort Level(float value, float level, int most) => (ushort)Math.Clamp(value + level + 0.5f, 0, most);

    private static byte[] TransposedZigZag()
    {
        byte[] places = new byte[64];
        int x = 0, y = 0;
        for (int k = 0; k < 64; k++)
        {
            places[k] = (byte)((8 * x) + y);
            bool up = (x + y) % 2 == 0;
            if (up ? x == 7 : y == 7)
                (x, y) = up ? (x, y + 1) : (x + 1, y);
            else if (up ? y == 0 : x == 0)
                (x, y) = up ? (x + 1, y) : (x, y + 1);
            else
                (x, y) = up ? (x + 1, y - 1) : (x - 1, y + 1);
        }

        return places;
    }
}
