using System.Globalization;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Series;

namespace DicomRn.Node.Matching;

/// <summary>
/// Contours in the frame of reference of the T1CE series that were drawn on another series: whether they lie where this one shows tissue.
/// The same frame of reference is necessary and not sufficient: the patient may have moved, the UID may have been copied.
/// </summary>
internal sealed class OtherSeriesCheck
{
    // Air and its noise lie below this part of the brightest tissues; liquor and necrosis do not.
    private const double AirPart = 0.06;

    private readonly SeriesVolume _series;
    private readonly float _air;

    private OtherSeriesCheck(SeriesVolume series)
    {
        _series = series;
        float[] values = series.Volume.Voxels;
        int step = Math.Max(1, values.Length / 100_000);
        float[] sample = [.. Enumerable.Range(0, values.Length / step).Select(n => values[n * step]).Order()];
        float low = sample[sample.Length / 100], high = sample[(int)(0.98 * (sample.Length - 1))];
        _air = (float)(low + AirPart * (high - low));
    }

    /// <summary>The check of a source; null where it references the series, or none, or comes from another frame of reference.</summary>
    public static OtherSeriesCheck? For(SeriesVolume series, ContourSource source) =>
        source.Carried || source.ReferencedSeries.Count == 0 || source.ReferencedSeries.Contains(series.Series.SeriesInstanceUid)
            ? null
            : new OtherSeriesCheck(series);

    /// <summary>What a reader should know, with the numbers.</summary>
    /// <param name="kind">Structure set or segmentation.</param>
    /// <param name="rois">The lesions.</param>
    public IReadOnlyList<string> Notes(string kind, IReadOnlyList<ContourRoi> rois)
    {
        string shared = $"{kind} and images share the frame of reference, but the contours were drawn on another series";
        ContourOverlap overlap = ContourOverlap.Of(rois.SelectMany(r => r.Points), _series.Volume.Geometry);
        return
        [
            overlap.Points == 0 ? shared + "." : string.Create(
                CultureInfo.InvariantCulture,
                $"{shared}: {overlap.Part * 100:0.#} % of {overlap.Points} points lie in the volume of the contrast-enhanced T1 series, up to {overlap.LargestPlaneOffset:0.00} slices off its slices."),
        ];
    }

    /// <summary>Part of a lesion that is no air in this series, 0 to 1; 1 for an empty one.</summary>
    public double InTissue(RoiMask mask)
    {
        long tissue = 0;
        byte[] inside = mask.Mask.Voxels;
        float[] image = _series.Volume.Voxels;
        for (int n = 0; n < inside.Length; n++)
        {
            if (inside[n] != 0 && image[n] > _air)
                tissue++;
        }

        return mask.Voxels == 0 ? 1 : (double)tissue / mask.Voxels;
    }
}
