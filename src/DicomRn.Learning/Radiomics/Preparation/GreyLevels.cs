namespace DicomRn.Learning.Radiomics.Preparation;

/// <summary>Discretised intensities, from 1, in the order of the region's voxels.</summary>
/// <param name="Levels">One level per voxel.</param>
/// <param name="Count">The highest level that can occur: levels that no voxel has count too.</param>
internal sealed record GreyLevels(int[] Levels, int Count)
{
    // Beyond this a co-occurrence matrix no longer fits, and means nothing.
    private const int MostLevels = 16_384;

    /// <summary>IBSI 2.7 (Q3RU), fixed bin size: bins of a width from an intensity on.</summary>
    /// <exception cref="RadiomicsException">More levels than can be handled.</exception>
    public static GreyLevels OfWidth(ReadOnlySpan<double> values, double width, double from)
    {
        int[] levels = new int[values.Length];
        int count = 1;
        for (int n = 0; n < levels.Length; n++)
        {
            double level = Math.Max(1, Math.Floor((values[n] - from) / width) + 1);
            if (level > MostLevels)
                throw new RadiomicsException($"bins of {width:G6} give more than {MostLevels} grey levels; make them wider or set a range");
            levels[n] = (int)level;
            count = Math.Max(count, levels[n]);
        }

        return new GreyLevels(levels, count);
    }

    /// <summary>IBSI 2.7 (K15C), fixed bin number: equal bins from the lowest to the highest intensity.</summary>
    public static GreyLevels OfCount(ReadOnlySpan<double> values, int bins)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double v in values)
            (low, high) = (Math.Min(low, v), Math.Max(high, v));
        int[] levels = new int[values.Length];
        for (int n = 0; n < levels.Length; n++)
            levels[n] = high > low ? Math.Min(bins, (int)Math.Floor(bins * ((values[n] - low) / (high - low))) + 1) : 1;
        return new GreyLevels(levels, high > low ? bins : 1);
    }

    /// <summary>
    /// As PyRadiomics bins: from the multiple of the width at or below the lowest intensity, so that level 1 holds the lowest.
    /// </summary>
    /// <exception cref="RadiomicsException">More levels than can be handled.</exception>
    public static GreyLevels OfMultiples(ReadOnlySpan<double> values, double width)
    {
        double low = double.PositiveInfinity;
        foreach (double v in values)
            low = Math.Min(low, v);
        return OfWidth(values, width, Math.Floor(low / width) * width);
    }
}
