namespace DicomRn.Imaging.Registration;

/// <summary>
/// How far each value lies from the peak of the histogram above it: one step of mean shift, the window's variance times the slope of the
/// logarithm of the density (Fukunaga and Hostetler 1975).
/// </summary>
internal sealed class HistogramPeaks
{
    private const int Bins = 512;

    private readonly double _low;
    private readonly double _factor;
    private readonly double[] _shifts = new double[Bins];

    /// <param name="values">The values.</param>
    /// <param name="width">Standard deviation of the normal window, in the unit of the values.</param>
    public HistogramPeaks(double[] values, double width)
    {
        _low = values.Min() - 3 * width;
        double range = values.Max() + 3 * width - _low;
        _factor = Bins / range;
        double[] counts = new double[Bins];
        foreach (double value in values)
            counts[Bin(value)]++;
        int reach = Math.Max(1, (int)Math.Ceiling(3 * width * _factor));
        for (int n = 0; n < Bins; n++)
        {
            double density = 0, moment = 0;
            for (int m = Math.Max(0, n - reach); m <= Math.Min(Bins - 1, n + reach); m++)
            {
                double d = (m - n) / _factor, weight = counts[m] * Math.Exp(-0.5 * d * d / (width * width));
                density += weight;
                moment += weight * d;
            }

            _shifts[n] = density > 0 ? moment / density : 0;
        }
    }

    /// <summary>What is to be added to a value to come nearer to its peak.</summary>
    public double Shift(double value) => _shifts[Bin(value)];

    private int Bin(double value) => Math.Clamp((int)((value - _low) * _factor), 0, Bins - 1);
}
