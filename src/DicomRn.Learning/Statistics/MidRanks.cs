namespace DicomRn.Learning.Statistics;

/// <summary>Ranks of values from 1 on; equal values share the mean of theirs.</summary>
internal static class MidRanks
{
    public static double[] Of(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(n => values[n])];
        double[] ranks = new double[order.Length];
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
                last++;
            for (int n = first; n <= last; n++)
                ranks[order[n]] = (first + last) / 2.0 + 1;
            first = last + 1;
        }

        return ranks;
    }
}
