namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>Where samples begin and end, and the level that unsigned ones are shifted by (T.800 G.1).</summary>
internal readonly struct SampleRange(int precision, bool isSigned)
{
    private readonly int _shift = isSigned ? 0 : 1 << (precision - 1);
    private readonly int _minimum = isSigned ? -(1 << (precision - 1)) : 0;
    private readonly int _maximum = isSigned ? (1 << (precision - 1)) - 1 : (1 << precision) - 1;

    /// <summary>Writes a row of reconstructed values as samples.</summary>
    /// <param name="values">The row.</param>
    /// <param name="samples">The image from the row's first sample on.</param>
    /// <param name="step">From one sample to the next: the number of components.</param>
    public void Write(ReadOnlySpan<int> values, Span<int> samples, int step)
    {
        for (int i = 0, at = 0; i < values.Length; i++, at += step)
            samples[at] = (int)Math.Clamp((long)values[i] + _shift, _minimum, _maximum);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{int}, Span{int}, int)"/>
    public void Write(ReadOnlySpan<float> values, Span<int> samples, int step)
    {
        for (int i = 0, at = 0; i < values.Length; i++, at += step)
        {
            // What is not a number becomes the middle: a float cast would be anything.
            float value = float.IsFinite(values[i]) ? MathF.Round(values[i]) : 0;
            samples[at] = (int)Math.Clamp((double)value + _shift, _minimum, _maximum);
        }
    }
}
