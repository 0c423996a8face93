namespace DicomRn.Learning.Phantoms;

/// <summary>
/// How a lesion's volume changed before the index scan. Progression grows steadily: exponentially, at a rate per month drawn
/// log-normally around 0.22 (it doubles in about three months). Necrosis rises and falls: a bell over time whose peak lies
/// between four months before and one month after the index scan, so that its growth slows or has turned. A quarter of
/// the necroses grow as progression does and 15 % of the progressions as necrosis does: growth does not decide alone.
/// </summary>
internal sealed class PhantomGrowth
{
    private const double LargestFactor = 1.1, SmallestFactor = 0.6;

    private readonly bool _steady;
    private readonly double _rate;
    private readonly double _peak;
    private readonly double _curvature;

    public PhantomGrowth(SeededRandom random, LesionClass lesionClass)
    {
        double atypical = random.Next();
        _steady = lesionClass == LesionClass.Progression ? atypical >= 0.15 : atypical < 0.25;
        _rate = random.LogNormal(0.22, 0.5);
        _peak = random.Uniform(-4, 1);
        _curvature = random.LogNormal(0.02, 0.5);
    }

    /// <summary>The radius relative to that at the index scan.</summary>
    /// <param name="months">Months relative to the index scan; 0 or less.</param>
    public double RadiusFactor(double months)
    {
        double logVolume = _steady ? _rate * months : -_curvature * ((months - _peak) * (months - _peak) - _peak * _peak);
        return Math.Clamp(Math.Exp(logVolume / 3), SmallestFactor, LargestFactor);
    }
}
