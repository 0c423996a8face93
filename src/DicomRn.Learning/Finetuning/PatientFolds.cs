using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Folds by patient in which both classes are spread as evenly as that allows: patients with many lesions first, each into the fold
/// that it makes the least uneven.
/// </summary>
internal static class PatientFolds
{
    private const uint Purpose = 0xF01D;

    /// <summary>The fold of each case, 0 to <paramref name="folds"/> - 1; the same for all cases of a patient, and for the same seed.</summary>
    /// <exception cref="ArgumentException">A class has patients for fewer folds than asked.</exception>
    public static int[] Assign(IReadOnlyList<string> patients, IReadOnlyList<bool> progression, int folds, int seed)
    {
        // By name first, so that the order of the rows does not count.
        int[][] cases = [.. Enumerable.Range(0, patients.Count).GroupBy(n => patients[n], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray())];
        foreach (bool label in new[] { false, true })
        {
            int there = cases.Count(c => c.Any(n => progression[n] == label));
            if (there < folds)
                throw new ArgumentException($"{there} patients with {(label ? "progression" : "radiation necrosis")} are too few for {folds} folds.", nameof(folds));
        }

        SampleOrder.Shuffle<int[]>(cases, SeededRandom.For(seed, Purpose));
        int[,] counts = new int[folds, 2];
        int[] fold = new int[patients.Count];
        foreach (int[] patient in cases.OrderByDescending(c => c.Length))
        {
            int positives = patient.Count(n => progression[n]), negatives = patient.Length - positives;
            int best = Enumerable.Range(0, folds).MinBy(f => (Cost(counts, f, negatives, positives), counts[f, 0] + counts[f, 1]));
            counts[best, 0] += negatives;
            counts[best, 1] += positives;
            foreach (int n in patient)
                fold[n] = best;
        }

        return fold;
    }

    /// <summary>How much the sum of squared class counts grows: least where they stay even.</summary>
    private static long Cost(int[,] counts, int fold, int negatives, int positives) =>
        (2L * counts[fold, 0] + negatives) * negatives + (2L * counts[fold, 1] + positives) * positives;
}
