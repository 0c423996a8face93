namespace DicomRn.Imaging.Registration;

/// <summary>Random numbers that are the same on every machine and for every run (SplitMix64, Steele 2014).</summary>
internal struct SampleRandom(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL;

    /// <summary>0 up to, not including, 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 up to, not including, <paramref name="limit"/>.</summary>
    public int NextIndex(int limit) => (int)(NextDouble() * limit);

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
