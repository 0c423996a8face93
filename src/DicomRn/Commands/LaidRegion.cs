using System.Globalization;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

namespace DicomRn.Commands;

/// <summary>A region of an RT Structure Set or Segmentation on the grid of a series.</summary>
/// <param name="Number">ROI or segment number.</param>
/// <param name="Name">ROI name or segment label.</param>
/// <param name="Mask">1 inside.</param>
/// <param name="Voxels">Voxels inside.</param>
/// <param name="Warnings">What is doubtful, without full stops.</param>
internal sealed record LaidRegion(int Number, string Name, Volume<byte> Mask, long Voxels, IReadOnlyList<string> Warnings)
{
    /// <summary>Interpreted type, or meaning of the segmented property type.</summary>
    public string Type { get; init; } = "";

    /// <summary>How its contours lie to the grid; null for segments and what was carried over.</summary>
    public ContourFigures? Contours { get; init; }

    /// <summary>How its frames lie to the grid; null for contours and what was carried over.</summary>
    public SegmentFigures? Segment { get; init; }

    /// <summary>Slices outside of which the mask is empty.</summary>
    public Range Slices { get; init; } = Range.All;

    /// <summary>SOP Instance UIDs of the registrations that carried it over, in order; null where it is in the frame of reference of the series.</summary>
    public IReadOnlyList<string>? CarriedBy { get; init; }

    /// <summary>The regions of a file that are in the frame of reference of a series.</summary>
    /// <param name="path">RT Structure Set or Segmentation.</param>
    /// <param name="series">The series.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The regions, yet to be laid, and how many are in other frames of reference.</returns>
    public static async Task<(IReadOnlyList<RegionToLay> Here, int Elsewhere)> ReadAsync(string path, ImageSeries series, CancellationToken cancellationToken)
    {
        DicomDataset dataset = (await DicomFile.OpenAsync(path)).Dataset;
        if (dataset.GetSingleValueOrDefault(DicomTag.SOPClassUID, "") == DicomUID.RTStructureSetStorage.UID)
        {
            RtStructureSet set = RtStructureSet.Read(dataset);
            RtRoi[] here = [.. set.Rois.Where(r => r.FrameOfReferenceUid == series.FrameOfReferenceUid)];
            bool other = set.ReferencedSeriesUids.Count > 0 && !set.ReferencedSeriesUids.Contains(series.SeriesInstanceUid);
            return ([.. here.Select(roi => new RegionToLay(roi.Number, roi.Name, empty => Of(roi, empty, series, other)))], set.Rois.Count - here.Length);
        }

        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(path, cancellationToken);
        return segmentation.FrameOfReferenceUid == series.FrameOfReferenceUid
            ? ([.. segmentation.Segments.Select(s => new RegionToLay(s.Number, s.Label, _ => Of(s, segmentation.Mask(s.Number, series.Geometry))))], 0)
            : ([], segmentation.Segments.Count);
    }

    /// <summary>A region that a registration carried over.</summary>
    public static LaidRegion Of(CarriedRegion region) => new(region.Number, region.Name, region.Mask, region.Voxels, [.. region.Warnings, .. Outside(region)])
    {
        Type = region.Type,
        CarriedBy = region.RegistrationUids,
    };

    private static IEnumerable<string> Outside(CarriedRegion region) => region.PartInside >= 0.999 ? [] :
        [string.Create(CultureInfo.InvariantCulture, $"only {region.PartInside * 100:0.#} % of it lie inside the images")];

    private static LaidRegion Of(SegmentDescription segment, SegmentMask mask) => new(segment.Number, segment.Label, mask.Mask, mask.VoxelCount, mask.Warnings)
    {
        Type = segment.Type?.Meaning ?? "",
        Segment = new SegmentFigures(mask.Frames, mask.PixelCount, mask.OutsidePixels, mask.Resampled),
    };

    private static LaidRegion Of(RtRoi roi, Volume<byte> empty, ImageSeries series, bool otherSeries)
    {
        RasterizedRoi mask = ContourRasterizer.Rasterize(roi, empty);
        ContourReferences references = ContourReferences.Of(roi, series);
        ContourOverlap overlap = ContourOverlap.Of(roi.Contours.SelectMany(c => c.Points), series.Geometry);
        string[] drawnElsewhere = !otherSeries ? [] :
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"drawn on another series of the same frame of reference; {overlap.Part * 100:0.#} % of {overlap.Points} points lie in the volume, up to {overlap.LargestPlaneOffset:0.00} slices off its slices"),
        ];
        return new LaidRegion(roi.Number, roi.Name, mask.Mask, mask.VoxelCount, [.. mask.Warnings, .. references.Warnings, .. drawnElsewhere])
        {
            Type = roi.InterpretedType,
            Slices = mask.Slices,
            Contours = new ContourFigures(
                mask.UsedContours, roi.Contours.Count + roi.UnreadableContours - mask.UsedContours, mask.Interpolated, mask.LargestPlaneOffset,
                mask.PlaneTilt, overlap.Part, references.ToSeries, references.Elsewhere, references.OffImage),
        };
    }
}

/// <summary>A region that is laid onto the grid when its turn comes.</summary>
/// <param name="Number">ROI or segment number.</param>
/// <param name="Name">ROI name or segment label.</param>
/// <param name="Lay">Lays it, given an empty mask on the grid, which the result may be in.</param>
internal sealed record RegionToLay(int Number, string Name, Func<Volume<byte>, LaidRegion> Lay);

/// <summary>How the contours of a region lie to the grid.</summary>
internal sealed record ContourFigures(
    int Used, int LeftOut, bool Interpolated, double LargestPlaneOffsetSlices, double PlaneTiltDegrees, double PartInside,
    int ReferencingSeries, int ReferencingElsewhere, int OffReferencedImage);

/// <summary>How the frames of a segment lie to the grid.</summary>
internal sealed record SegmentFigures(int Frames, long Pixels, long PixelsOutside, bool Resampled);
