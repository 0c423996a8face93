using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>The enhancing lesion that grows from a planning mask.</summary>
internal static class EnhancingRegion
{
    // Gaps of a rim are closed in proportion to the lesion, mm at least and at most; what opening took from corners is given back.
    private const double ClosedShare = 0.6, LeastClosing = 2, MostClosing = 8, Restored = 1;

    /// <summary>
    /// What is brighter than a threshold and hangs together with the planning mask, its holes filled, so that a rim keeps its necrotic
    /// core; bridges are opened away. Empty where nothing is left.
    /// </summary>
    public static Volume<byte> Grow(LesionWindow window, double threshold, RefinementOptions options)
    {
        Volume<byte> bright = new(window.Grid);
        for (int n = 0; n < bright.Voxels.Length; n++)
            bright.Voxels[n] = window.Image.Voxels[n] >= threshold && IsOpen(window, n, options) ? (byte)1 : (byte)0;
        bright = Touching(bright, window.Planning);
        double closing = Math.Clamp(ClosedShare * MaskMorphology.Radius(bright), LeastClosing, MostClosing);
        Volume<byte> filled = MaskMorphology.FillHoles(MaskMorphology.Close(bright, closing));
        for (int n = 0; n < filled.Voxels.Length; n++)
            filled.Voxels[n] &= IsOpen(window, n, options) ? (byte)1 : (byte)0;
        Volume<byte> solid = Touching(MaskMorphology.Erode(filled, options.OpeningMm), window.Planning);
        Volume<byte> grown = MaskMorphology.Dilate(solid, options.OpeningMm + Restored);
        for (int n = 0; n < grown.Voxels.Length; n++)
            grown.Voxels[n] &= filled.Voxels[n];
        return Touching(grown, window.Planning);
    }

    // Bone and dura lie beyond the brain; within the planning contour the person who drew it knew better.
    private static bool IsOpen(LesionWindow window, int n, RefinementOptions options) =>
        window.Territory.Voxels[n] != 0 && window.ToPlanning[n] <= options.MaximumGrowthMm
        && (window.Brain.Voxels[n] != 0 || window.Planning.Voxels[n] != 0);

    private static Volume<byte> Touching(Volume<byte> mask, Volume<byte> planning)
    {
        ConnectedComponents parts = ConnectedComponents.Of(mask);
        bool[] touches = new bool[parts.Count + 1];
        for (int n = 0; n < planning.Voxels.Length; n++)
            touches[parts.Labels.Voxels[n]] |= planning.Voxels[n] != 0;
        touches[0] = false;
        return new Volume<byte>(mask.Geometry, Array.ConvertAll(parts.Labels.Voxels, l => touches[l] ? (byte)1 : (byte)0));
    }
}
