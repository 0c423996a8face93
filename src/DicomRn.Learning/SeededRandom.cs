namespace DicomRn.Learning;

/// <summary>
/// Random numbers that are the same on every platform and runtime for the same seed (SplitMix64; Steele, Lea and
/// Flood 2014), and hashes for fields of noise.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>An independent sequence for each purpose, so that a new draw for one does not shift the others.</summary>
    public static SeededRandom For(int seed, uint purpose, uint index = 0) =>
        new(Mix(((ulong)(uint)seed << 32 | purpose) ^ Mix(index + 0x9E3779B97F4A7C15UL)));

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public ulong NextUInt64() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double low, double high) => low + (high - low) * Next();

    public int Integer(int low, int highInclusive) => low + (int)(Next() * (highInclusive - low + 1));

    public double Normal()
    {
        double u = 1 - Next(), v = Next();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>Mean 0, variance 1, as the sum of four uniform draws (Irwin–Hall), at a fraction of the time of <see cref="Normal"/>: for noise.</summary>
    public float NearlyNormal()
    {
        const float Spread = 37837.23f; // √(4/12) · 65536
        ulong bits = NextUInt64();
        int sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131070) / Spread;
    }

    /// <summary>Log-normal with the given median and standard deviation of the logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Beta(k, n + 1 − k): the k-th smallest of n uniform draws.</summary>
    public double OrderStatistic(int k, int n)
    {
        double[] draws = new double[n];
        for (int i = 0; i < n; i++)
            draws[i] = Next();
        Array.Sort(draws);
        return draws[k - 1];
    }
}
