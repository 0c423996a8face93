using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Explanation;

/// <summary>How well a map of patches finds the patches in which the look of a class can be seen.</summary>
/// <param name="Auc">Probability that such a patch has more of the map than another one.</param>
/// <param name="LesionAuc">The same among the patches that the lesion touches; null where all or none of them show it.</param>
/// <param name="Enrichment">Share of the map in such patches over their share of all patches; 1 for a map that knows nothing.</param>
/// <param name="Hit">Whether the highest patch is one of them (pointing game; Zhang et al. 2016).</param>
internal sealed record MapAgreement(double Auc, double? LesionAuc, double Enrichment, bool Hit)
{
    // As many enhancing voxels make a patch count in full where patches are taught (PatchTargets).
    private const double SmallestCount = 64;

    /// <summary>Measures a map.</summary>
    /// <param name="map">[patches], 0 or more.</param>
    /// <param name="signal">Voxels of each patch that show the look of a class.</param>
    /// <param name="lesion">Voxels of each patch in the lesion's mask.</param>
    /// <returns>Null where fewer than two patches show it.</returns>
    public static MapAgreement? Of(IReadOnlyList<double> map, IReadOnlyList<double> signal, IReadOnlyList<double> lesion)
    {
        bool[] shows = [.. signal.Select(s => s >= SmallestCount)];
        if (Area(map, shows) is not { } auc)
            return null;
        int[] touched = [.. Enumerable.Range(0, map.Count).Where(p => lesion[p] > 0)];
        int peak = Enumerable.Range(0, map.Count).MaxBy(p => map[p]);
        double there = map.Where((_, p) => shows[p]).Sum() / Math.Max(double.Epsilon, map.Sum());
        return new MapAgreement(
            auc,
            Area([.. touched.Select(p => map[p])], [.. touched.Select(p => shows[p])]),
            there * map.Count / shows.Count(s => s),
            shows[peak]);
    }

    private static double? Area(IReadOnlyList<double> scores, bool[] positive)
    {
        int positives = positive.Count(p => p);
        return positives >= 2 && positive.Length - positives >= 2 ? RocAuc.DeLong(scores, positive).Auc : null;
    }
}
