using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>Refines the masks of planning contours, where the settings want that.</summary>
internal static class PlanningMaskRefinement
{
    /// <summary>The masks after refinement, in order; null where there is none.</summary>
    /// <param name="settings">Whether and how.</param>
    /// <param name="series">The T1CE series.</param>
    /// <param name="source">Where the contours come from.</param>
    /// <param name="masks">Their masks on the grid of the series.</param>
    /// <param name="notes">Is told why there is none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<IReadOnlyList<RefinedMask>?> ApplyAsync(
        RefinementSettings settings, SeriesVolume series, ContourSource source, IReadOnlyList<Volume<byte>> masks, List<string> notes,
        CancellationToken cancellationToken)
    {
        if (!settings.Enabled)
            return null;
        if (source.ReferencedSeries.Contains(series.Series.SeriesInstanceUid) && !settings.AlsoDrawnOnSeries)
        {
            notes.Add("The contours were drawn on the contrast-enhanced T1 series itself: they are no planning contours and were not refined (Matching:Refinement).");
            return null;
        }

        return await Task.Run(() => MaskRefinement.Refine(series.Volume, masks, settings.Options, cancellationToken), cancellationToken);
    }

    /// <summary>What refinement made of a mask, for people.</summary>
    public static string Text(RefinedMask mask) => mask.Outcome == RefinementOutcome.Refined ? $"refined: {mask.Why}" : $"planning mask kept: {mask.Why}";
}
