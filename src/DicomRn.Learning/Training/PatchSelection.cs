using DicomRn.Learning.Model;

namespace DicomRn.Learning.Training;

/// <summary>Which patches an update sees.</summary>
internal static class PatchSelection
{
    /// <summary>All central patches and a random part of the others, in order; null for all patches.</summary>
    public static long[]? Draw(VitConfiguration configuration, double outerDropRate, int seed, int step)
    {
        if (outerDropRate <= 0)
            return null;
        int edge = configuration.PatchesPerEdge, margin = edge / 6;
        List<long> central = [], outer = [];
        for (int n = 0; n < configuration.Patches; n++)
        {
            bool isCentral = Inside(n % edge) && Inside(n / edge % edge) && Inside(n / (edge * edge));
            (isCentral ? central : outer).Add(n);
        }

        SeededRandom random = SeededRandom.For(seed, 0xD209, (uint)step);
        int kept = (int)Math.Round(outer.Count * (1 - outerDropRate));
        for (int n = 0; n < kept; n++)
        {
            int other = random.Integer(n, outer.Count - 1);
            (outer[n], outer[other]) = (outer[other], outer[n]);
        }

        return [.. central.Concat(outer.Take(kept)).Order()];

        bool Inside(int position) => position >= margin && position < edge - margin;
    }
}
