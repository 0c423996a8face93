namespace DicomRn.Imaging.Refinement;

/// <summary>Brightness of normal brain near a lesion.</summary>
/// <param name="Median">Median.</param>
/// <param name="Spread">1.4826 times the median absolute deviation: the standard deviation, if it were normally distributed.</param>
internal sealed record NormalTissue(double Median, double Spread)
{
    private const double MostDeviations = 3, LeastVolume = 500;

    /// <summary>
    /// Measures a ring around the planning contour, without other lesions and what is near the skull, in two passes: the second leaves
    /// out vessels, cerebrospinal fluid and what else the first found far off. Null where there is too little of it.
    /// </summary>
    /// <param name="window">The lesion.</param>
    /// <param name="from">Inner border of the ring, mm from any planning contour.</param>
    /// <param name="to">Outer border, mm from that of the lesion.</param>
    public static NormalTissue? Around(LesionWindow window, double from, double to)
    {
        List<float> values = [];
        for (int n = 0; n < window.ToPlanning.Length; n++)
        {
            if (window.ToPlanning[n] >= from && window.ToPlanning[n] <= to && window.ToOthers[n] >= from && window.Brain.Voxels[n] != 0)
                values.Add(window.Image.Voxels[n]);
        }

        if (values.Count * window.Grid.VoxelVolume < LeastVolume)
            return null;
        NormalTissue first = Of(values);
        values.RemoveAll(v => Math.Abs(v - first.Median) > MostDeviations * first.Spread);
        return values.Count * window.Grid.VoxelVolume < LeastVolume ? null : Of(values);
    }

    private static NormalTissue Of(List<float> values)
    {
        double median = MedianOf(values);
        return new NormalTissue(median, 1.4826 * MedianOf([.. values.Select(v => (float)Math.Abs(v - median))]));
    }

    private static double MedianOf(List<float> values)
    {
        float[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}
