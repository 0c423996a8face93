namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// Encodes the lines of one scan (ITU-T T.87 A, B). The current lines hold the samples and are overwritten by what a decoder will
/// reconstruct.
/// </summary>
internal sealed class ScanEncoder(EntropyBitWriter bits, CodingParameters parameters, int components)
{
    private readonly ContextModel _model = new(parameters, components);

    /// <summary>Begins a restart interval.</summary>
    public void Restart() => _model.Restart();

    /// <summary>Encodes a line of every component of a scan that is not interleaved by sample.</summary>
    public void EncodeLines(LineBuffers lines)
    {
        for (int component = 0; component < components; component++)
            EncodeLine(lines.Previous[component], lines.Current[component], ref _model.RunIndices[component]);
    }

    /// <summary>Encodes a line of a scan that is interleaved by sample.</summary>
    public void EncodeInterleavedLine(LineBuffers lines)
    {
        int[][] previous = lines.Previous, current = lines.Current;
        int width = current[0].Length - 2;
        Span<int> contexts = stackalloc int[components];
        for (int x = 1; x <= width;)
        {
            int gradients = 0;
            for (int c = 0; c < components; c++)
                gradients |= contexts[c] = SignedContext(current[c][x - 1], previous[c][x], previous[c][x - 1], previous[c][x + 1]);
            if (gradients != 0)
            {
                for (int c = 0; c < components; c++)
                    current[c][x] = EncodeRegular(contexts[c], current[c][x], current[c][x - 1], previous[c][x], previous[c][x - 1]);
                x++;
                continue;
            }

            int length = int.MaxValue;
            foreach (int[] line in current)
                length = Math.Min(length, RunLength(line, x));
            foreach (int[] line in current)
                line.AsSpan(x, length).Fill(line[x - 1]);
            x += length;
            ref int runIndex = ref _model.RunIndices[0];
            EncodeRunLength(length, x > width, ref runIndex);
            if (x > width)
                break;
            for (int c = 0; c < components; c++)
                current[c][x] = EncodeRunEnd(0, current[c][x], current[c][x - 1], previous[c][x], runIndex);
            runIndex = Math.Max(0, runIndex - 1);
            x++;
        }
    }

    private void EncodeLine(int[] previous, int[] current, ref int runIndex)
    {
        int width = current.Length - 2;
        for (int x = 1; x <= width; x++)
        {
            int left = current[x - 1];
            int context = SignedContext(left, previous[x], previous[x - 1], previous[x + 1]);
            if (context != 0)
            {
                current[x] = EncodeRegular(context, current[x], left, previous[x], previous[x - 1]);
                continue;
            }

            int length = RunLength(current, x);
            current.AsSpan(x, length).Fill(left);
            x += length;
            EncodeRunLength(length, x > width, ref runIndex);
            if (x > width)
                break;
            int type = Math.Abs(left - previous[x]) <= parameters.Near ? 1 : 0;
            current[x] = EncodeRunEnd(type, current[x], left, previous[x], runIndex);
            runIndex = Math.Max(0, runIndex - 1);
        }
    }

    private int SignedContext(int left, int above, int aboveLeft, int aboveRight) =>
        (((parameters.Region(aboveRight - above) * 9) + parameters.Region(above - aboveLeft)) * 9) + parameters.Region(aboveLeft - left);

    private int EncodeRegular(int signedContext, int sample, int left, int above, int aboveLeft)
    {
        int sign = signedContext < 0 ? -1 : 1;
        ref RegularContext context = ref _model.Regular[signedContext * sign];
        int prediction = Prediction.Median(left, above, aboveLeft) + (sign * context.Correction);
        prediction = Math.Clamp(prediction, 0, parameters.MaximumSampleValue);
        int error = parameters.Quantise(sign * (sample - prediction));

        int k = context.GolombParameter;
        int likelier = k == 0 && parameters.Near == 0 && context.IsBiasedDown ? ~error : error;
        int mapped = likelier >= 0 ? 2 * likelier : (-2 * likelier) - 1;
        bits.WriteGolomb(mapped, k, parameters.CodeLengthLimit, parameters.ErrorBits);
        context.Update(error, parameters);
        return parameters.Reconstruct(prediction, sign * error);
    }

    private int RunLength(int[] line, int from)
    {
        int width = line.Length - 2, x = from;
        while (x <= width && Math.Abs(line[x] - line[from - 1]) <= parameters.Near)
            x++;
        return x - from;
    }

    private void EncodeRunLength(int length, bool endsLine, ref int runIndex)
    {
        while (length >= 1 << ContextModel.RunLengthBits[runIndex])
        {
            bits.WriteBits(1, 1);
            length -= 1 << ContextModel.RunLengthBits[runIndex];
            if (runIndex < 31)
                runIndex++;
        }

        if (!endsLine)
            bits.WriteBits((uint)length, ContextModel.RunLengthBits[runIndex] + 1);
        else if (length > 0)
            bits.WriteBits(1, 1);
    }

    private int EncodeRunEnd(int type, int sample, int left, int above, int runIndex)
    {
        ref RunContext context = ref _model.Run[type];
        int prediction = type == 1 ? left : above;
        int sign = type == 0 && left > above ? -1 : 1;
        int error = parameters.Quantise(sign * (sample - prediction));
        int k = context.GolombParameter;
        int mapped = context.Map(error, k);
        bits.WriteGolomb(mapped, k, parameters.CodeLengthLimit - ContextModel.RunLengthBits[runIndex] - 1, parameters.ErrorBits);
        context.Update(error, mapped, parameters.Reset);
        return parameters.Reconstruct(prediction, sign * error);
    }
}
