namespace DicomRn.Node.Delivery;

/// <summary>Waits that double with every time up to a maximum, give or take a fifth, so that many who wait do not come back at once.</summary>
internal static class RetryBackoff
{
    private const int MostDoublings = 40;

    /// <summary>The wait before the next time.</summary>
    /// <param name="first">The first wait.</param>
    /// <param name="longest">The longest.</param>
    /// <param name="times">How many waits there were before.</param>
    public static TimeSpan Of(TimeSpan first, TimeSpan longest, int times)
    {
        double doubled = first.TotalSeconds * Math.Pow(2, Math.Min(times, MostDoublings));
        double jitter = 0.8 + 0.4 * Random.Shared.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(doubled, longest.TotalSeconds) * jitter);
    }
}
