namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>Decodes the entropy-coded lines of one scan (ITU-T T.87 A.8, B).</summary>
internal ref struct ScanDecoder
{
    private readonly CodingParameters _parameters;
    private readonly ContextModel _model;
    private readonly RegularContext[] _contexts;
    private EntropyBitReader _bits;

    /// <param name="data">The codestream.</param>
    /// <param name="position">Where the scan's bits begin.</param>
    /// <param name="parameters">The scan's coding parameters.</param>
    /// <param name="components">How many components the scan has.</param>
    public ScanDecoder(ReadOnlySpan<byte> data, int position, CodingParameters parameters, int components)
    {
        _parameters = parameters;
        _model = new ContextModel(parameters, components);
        _contexts = _model.Regular;
        _bits = new EntropyBitReader(data, position);
    }

    /// <summary>The first byte that was not needed for the lines decoded so far, or one of the last before the next marker.</summary>
    public readonly int Position => _bits.Position;

    /// <summary>Begins a restart interval at a byte.</summary>
    public void Restart(int position)
    {
        _model.Restart();
        _bits.Restart(position);
    }

    /// <summary>Decodes a line of every component of a scan that is not interleaved by sample.</summary>
    public void DecodeLines(LineBuffers lines)
    {
        for (int component = 0; component < lines.Current.Length; component++)
            DecodeLine(lines.Previous[component], lines.Current[component], ref _model.RunIndices[component]);
    }

    /// <summary>Decodes a line of a scan that is interleaved by sample.</summary>
    public void DecodeInterleavedLine(LineBuffers lines)
    {
        int[][] previous = lines.Previous, current = lines.Current;
        int width = current[0].Length - 2;
        Span<int> contexts = stackalloc int[current.Length];
        for (int x = 1; x <= width;)
        {
            int gradients = 0;
            for (int c = 0; c < contexts.Length; c++)
                gradients |= contexts[c] = SignedContext(current[c][x - 1], previous[c][x], previous[c][x - 1], previous[c][x + 1]);
            if (gradients != 0)
            {
                for (int c = 0; c < contexts.Length; c++)
                    current[c][x] = DecodeRegular(contexts[c], current[c][x - 1], previous[c][x], previous[c][x - 1]);
                x++;
                continue;
            }

            ref int runIndex = ref _model.RunIndices[0];
            int length = DecodeRunLength(width - x + 1, ref runIndex);
            foreach (int[] line in current)
                line.AsSpan(x, length).Fill(line[x - 1]);
            x += length;
            if (x > width)
                break;
            for (int c = 0; c < contexts.Length; c++)
                current[c][x] = DecodeRunEnd(0, current[c][x - 1], previous[c][x], runIndex);
            runIndex = Math.Max(0, runIndex - 1);
            x++;
        }
    }

    private void DecodeLine(ReadOnlySpan<int> previous, Span<int> current, ref int runIndex)
    {
        int width = current.Length - 2;
        int left = current[0], aboveLeft = previous[0], above = previous[1];
        for (int x = 1; x <= width;)
        {
            int aboveRight = previous[x + 1];
            int context = SignedContext(left, above, aboveLeft, aboveRight);
            if (context != 0)
            {
                left = DecodeRegular(context, left, above, aboveLeft);
                current[x++] = left;
                aboveLeft = above;
                above = aboveRight;
                continue;
            }

            int length = DecodeRunLength(width - x + 1, ref runIndex);
            current.Slice(x, length).Fill(left);
            x += length;
            if (x > width)
                break;
            above = previous[x];
            left = DecodeRunEnd(Math.Abs(left - above) <= _parameters.Near ? 1 : 0, left, above, runIndex);
            runIndex = Math.Max(0, runIndex - 1);
            current[x++] = left;
            aboveLeft = above;
            above = previous[x];
        }
    }

    private readonly int SignedContext(int left, int above, int aboveLeft, int aboveRight) =>
        (((_parameters.Region(aboveRight - above) * 9) + _parameters.Region(above - aboveLeft)) * 9) + _parameters.Region(aboveLeft - left);

    private int DecodeRegular(int signedContext, int left, int above, int aboveLeft)
    {
        int sign = signedContext < 0 ? -1 : 1;
        ref RegularContext context = ref _contexts[signedContext * sign];
        int prediction = Prediction.Median(left, above, aboveLeft) + (sign * context.Correction);
        prediction = Math.Clamp(prediction, 0, _parameters.MaximumSampleValue);

        int k = context.GolombParameter;
        int mapped = _bits.ReadGolomb(k, _parameters.CodeLengthLimit, _parameters.ErrorBits);
        int error = (mapped & 1) == 0 ? mapped >> 1 : -((mapped + 1) >> 1);
        if (k == 0 && _parameters.Near == 0 && context.IsBiasedDown)
            error = ~error;
        RequireInRange(error);
        context.Update(error, _parameters);
        return _parameters.Reconstruct(prediction, sign * error);
    }

    /// <summary>The samples of a run (A.7.1.2); fewer than <paramref name="most"/> where another sample follows on the line.</summary>
    private int DecodeRunLength(int most, ref int runIndex)
    {
        int length = 0;
        while (_bits.ReadBit())
        {
            int part = 1 << ContextModel.RunLengthBits[runIndex];
            if (part <= most - length && runIndex < 31)
                runIndex++;
            length = Math.Min(length + part, most);
            if (length == most)
                return length;
        }

        length += _bits.ReadBits(ContextModel.RunLengthBits[runIndex]);
        return length < most ? length : throw new DicomCodecException("JPEG-LS: a run goes on behind the end of its line.");
    }

    /// <summary>The sample that ends a run (A.7.2).</summary>
    private int DecodeRunEnd(int type, int left, int above, int runIndex)
    {
        ref RunContext context = ref _model.Run[type];
        int k = context.GolombParameter;
        int limit = _parameters.CodeLengthLimit - ContextModel.RunLengthBits[runIndex] - 1;
        int mapped = _bits.ReadGolomb(k, limit, _parameters.ErrorBits);
        int error = context.Unmap(mapped, k);
        RequireInRange(error);
        context.Update(error, mapped, _parameters.Reset);
        return type == 1
            ? _parameters.Reconstruct(left, error)
            : _parameters.Reconstruct(above, left > above ? -error : error);
    }

    private readonly void RequireInRange(int error)
    {
        if (Math.Abs(error) > _parameters.Range)
            throw new DicomCodecException("JPEG-LS: a prediction error lies outside the range of samples.");
    }
}
