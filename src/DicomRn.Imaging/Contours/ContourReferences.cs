using System.Globalization;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Contours;

/// <summary>
/// Whether the images that contours reference (Contour Image Sequence) are the ones that they lie on. The coordinates alone place a contour;
/// references that say otherwise come from structure sets that were copied or edited, and are told.
/// </summary>
public sealed record ContourReferences
{
    /// <summary>Contours that name an image of the series.</summary>
    public required int ToSeries { get; init; }

    /// <summary>Contours that name only images that are not of the series.</summary>
    public required int Elsewhere { get; init; }

    /// <summary>Contours that name no image.</summary>
    public required int None { get; init; }

    /// <summary>Of those to the series, contours that lie more than half a slice from the image they name.</summary>
    public required int OffImage { get; init; }

    /// <summary>The largest distance of a contour from the image it names, slices.</summary>
    public required double LargestOffset { get; init; }

    /// <summary>What a person should know, as sentences.</summary>
    public IReadOnlyList<string> Warnings => OffImage == 0 ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"{OffImage} contours name another image than the one they lie on, up to {LargestOffset:0.0} slices away; their coordinates were used"),
    ];

    /// <summary>Compares the references of a region with its coordinates.</summary>
    /// <param name="roi">In the frame of reference of the series.</param>
    /// <param name="series">The images.</param>
    public static ContourReferences Of(RtRoi roi, ImageSeries series)
    {
        Dictionary<(string, int?), int> slices = [];
        HashSet<string> instances = [];
        for (int k = 0; k < series.Instances.Count; k++)
        {
            SourceInstance image = series.Instances[k];
            slices[(image.SopInstanceUid, image.FrameNumber)] = k;
            instances.Add(image.SopInstanceUid);
        }

        int toSeries = 0, elsewhere = 0, none = 0, off = 0;
        double largest = 0;
        foreach (RtContour contour in roi.Contours)
        {
            if (contour.ReferencedImages.Count == 0)
                none++;
            else if (contour.ReferencedImages.All(i => !instances.Contains(i.SopInstanceUid)))
                elsewhere++;
            else
                toSeries++;
            int[] named = [.. contour.ReferencedImages.SelectMany(i => i.Frames.Count == 0 ? [(i.SopInstanceUid, (int?)null)] : i.Frames.Select(f => (i.SopInstanceUid, (int?)f)))
                .Where(slices.ContainsKey).Select(i => slices[i])];
            if (named.Length == 0)
                continue;
            double plane = contour.Points.Average(p => series.Geometry.ToVoxel(p).K), distance = named.Min(k => Math.Abs(plane - k));
            largest = Math.Max(largest, distance);
            if (distance > 0.5 + 1e-6)
                off++;
        }

        return new ContourReferences { ToSeries = toSeries, Elsewhere = elsewhere, None = none, OffImage = off, LargestOffset = largest };
    }
}
