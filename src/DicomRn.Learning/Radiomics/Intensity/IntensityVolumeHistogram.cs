namespace DicomRn.Learning.Radiomics.Intensity;

/// <summary>The intensity-volume histogram (IBSI 3.5, P88C): what fraction of the region has at least an intensity.</summary>
internal sealed class IntensityVolumeHistogram
{
    private readonly double[] _intensities;
    private readonly double[] _volumes;

    /// <param name="values">The intensities of the region.</param>
    /// <param name="first">The lowest intensity of the histogram (its first centre of a bin, or a value that occurs).</param>
    /// <param name="step">The distance of intensities, above 0.</param>
    /// <param name="count">How many there are; the last must not be below the highest value by more than a step.</param>
    /// <param name="edge">How far below its intensity a step begins: half a bin, or 0 where intensities are whole steps.</param>
    public IntensityVolumeHistogram(ReadOnlySpan<double> values, double first, double step, int count, double edge)
    {
        double[] counts = new double[count];
        foreach (double v in values)
            counts[Math.Clamp((int)Math.Floor((v - first + edge) / step), 0, count - 1)]++;
        _intensities = [.. Enumerable.Range(0, count).Select(n => first + n * step)];
        _volumes = new double[count];
        double above = 0;
        for (int n = count - 1; n >= 0; n--)
        {
            above += counts[n];
            _volumes[n] = above / values.Length;
        }
    }

    /// <summary>Area below the curve of volume fraction against intensity fraction.</summary>
    public double Area
    {
        get
        {
            int last = _volumes.Length - 1;
            if (last == 0)
                return 0;
            double area = 0;
            for (int n = 0; n < last; n++)
                area += (_volumes[n] + _volumes[n + 1]) / 2;
            return area / last;
        }
    }

    /// <summary>The largest volume fraction with an intensity fraction of at least <paramref name="percent"/>.</summary>
    public double VolumeAtIntensity(double percent)
    {
        int last = _volumes.Length - 1;
        int n = (int)Math.Ceiling(percent / 100 * last - 1e-9);
        return _volumes[Math.Min(n, last)];
    }

    /// <summary>The lowest intensity that no more than <paramref name="percent"/> of the volume has.</summary>
    public double IntensityAtVolume(double percent)
    {
        int n = Array.FindIndex(_volumes, v => v <= percent / 100);
        return n < 0 ? _intensities[^1] : _intensities[n];
    }
}
