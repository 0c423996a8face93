namespace DicomRn.Learning.Statistics;

/// <summary>
/// The percentile interval of a statistic over patients drawn with replacement: lesions of one patient are no independent cases, so
/// they are drawn together (Field and Welsh 2007).
/// </summary>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Draws">Draws that count.</param>
/// <param name="Undefined">Draws without a value of the statistic, for instance because a class is missing.</param>
public sealed record ClusteredBootstrap(double Low, double High, int Draws, int Undefined)
{
    /// <summary>Draws patients and computes the statistic of their lesions.</summary>
    /// <param name="patients">The patient of each lesion.</param>
    /// <param name="statistic">Its value over lesions, given by their indices, some more than once; NaN where there is none.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">No lesion, fewer than two patients, or fewer than one draw.</exception>
    /// <exception cref="InvalidOperationException">No draw has a value.</exception>
    public static ClusteredBootstrap Interval(
        IReadOnlyList<string> patients,
        Func<IReadOnlyList<int>, double> statistic,
        int draws = 2000,
        int seed = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        int[][] lesions =
            [.. patients.Select((patient, n) => (patient, n)).GroupBy(p => p.patient, p => p.n, StringComparer.Ordinal).Select(g => g.ToArray())];
        if (lesions.Length < 2)
            throw new ArgumentException($"{lesions.Length} patients; two at least.", nameof(patients));

        Random random = new(seed);
        List<double> values = new(draws);
        List<int> drawn = [];
        for (int draw = 0; draw < draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            drawn.Clear();
            for (int n = 0; n < lesions.Length; n++)
                drawn.AddRange(lesions[random.Next(lesions.Length)]);
            double value = statistic(drawn);
            if (!double.IsNaN(value))
                values.Add(value);
        }

        if (values.Count == 0)
            throw new InvalidOperationException("No draw of patients has a value of the statistic.");
        values.Sort();
        return new ClusteredBootstrap(Percentile(values, 0.025), Percentile(values, 0.975), values.Count, draws - values.Count);
    }

    private static double Percentile(List<double> sorted, double share)
    {
        double at = share * (sorted.Count - 1);
        int below = (int)at;
        return below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
