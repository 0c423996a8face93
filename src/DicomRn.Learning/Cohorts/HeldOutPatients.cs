namespace DicomRn.Learning.Cohorts;

/// <summary>Chooses the patients of the held-out test: whole patients, with as good as the cohort's share of each class.</summary>
internal static class HeldOutPatients
{
    /// <param name="patients">The labels of each patient's lesions.</param>
    /// <param name="share">Share of the lesions of each class to hold out, 0 to 1.</param>
    /// <param name="seed">The same seed chooses the same patients.</param>
    /// <returns>Whether each patient is held out.</returns>
    public static bool[] Choose(IReadOnlyList<IReadOnlyList<LesionClass>> patients, double share, int seed)
    {
        int[] wanted =
        [
            .. Enum.GetValues<LesionClass>().Select(c => (int)Math.Round(share * patients.Sum(p => p.Count(l => l == c)), MidpointRounding.AwayFromZero)),
        ];
        int[] order = [.. Enumerable.Range(0, patients.Count)];
        SeededRandom random = SeededRandom.For(seed, 0x5B11);
        for (int n = order.Length - 1; n > 0; n--)
        {
            int other = random.Integer(0, n);
            (order[n], order[other]) = (order[other], order[n]);
        }

        bool[] heldOut = new bool[patients.Count];
        foreach (int patient in order)
        {
            int[] has = [.. Enum.GetValues<LesionClass>().Select(c => patients[patient].Count(l => l == c))];
            if (has.Sum() == 0 || has.Where((count, c) => count > wanted[c]).Any())
                continue;
            heldOut[patient] = true;
            for (int c = 0; c < has.Length; c++)
                wanted[c] -= has[c];
        }

        return heldOut;
    }
}
