using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>How well an image supports a contour: the step of brightness across it, from 2 mm inside to 2 mm outside.</summary>
internal static class ContourSupport
{
    private const double Band = 2, Step = 0.5, LeastVolume = 30;

    /// <summary>The step across the contour of a mask.</summary>
    public static double Of(LesionWindow window, Volume<byte> mask) => Across(window, DistanceMap.Signed(mask), 0) ?? 0;

    /// <summary>How far the planning contour has to move outwards, mm, everywhere alike, to where the step across it is largest; negative where inwards.</summary>
    public static double BestOffset(LesionWindow window, double most)
    {
        (double Offset, double Support) best = (0, double.NegativeInfinity);
        double deepest = window.ToPlanning.Min();
        for (double offset = Math.Ceiling(deepest / Step) * Step; offset <= most; offset += Step)
        {
            if (Across(window, window.ToPlanning, offset) is { } support && support > best.Support)
                best = (offset, support);
        }

        return best.Offset;
    }

    private static double? Across(LesionWindow window, float[] distance, double offset)
    {
        double bright = 0, dark = 0;
        long within = 0, beyond = 0;
        for (int n = 0; n < distance.Length; n++)
        {
            double d = distance[n] - offset;
            if (d is <= 0 and >= -Band)
            {
                bright += window.Image.Voxels[n];
                within++;
            }
            else if (d is > 0 and <= Band && window.Brain.Voxels[n] != 0 && window.ToOthers[n] > 0)
            {
                dark += window.Image.Voxels[n];
                beyond++;
            }
        }

        return Math.Min(within, beyond) * window.Grid.VoxelVolume < LeastVolume ? null : bright / within - dark / beyond;
    }
}
