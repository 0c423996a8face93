using System.Globalization;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>
/// Fits planning masks to lesions that have grown or shrunk since: region growing on a T1 image with contrast agent, judged against normal
/// tissue nearby and not against the brightness of the planning mask, so that a shrunken lesion shrinks. Where the image does not
/// show a change clearly, the planning mask stays, with the reason. Deterministic.
/// </summary>
public static class MaskRefinement
{
    // The ring of normal tissue around a lesion, mm from the planning contour.
    private const double RingFrom = 4, RingTo = 16;
    private const double HeadSpacing = 4, Margin = 3;

    // Of the brightness of normal tissue, where that has next to no spread; mm3 that enhance; where between normal tissue and the lesion its border lies.
    private const double LeastContrast = 0.05, LeastEnhancing = 20, Border = 0.4;

    // A planning contour with this share of the step across the new contour fits as well.
    private const double FitsAsWell = 0.8;

    // How far two estimates of the change of the lesion's radius may differ: a share of it, and mm. A lesion that grows to one side only has
    // its strongest edges where they were: only what shrinks, or grows where the edges have moved inwards, is doubted.
    private const double Agreement = 0.5, AgreementMm = 0.25;

    /// <summary>The masks after refinement, in the order of the planning masks; refined lesions share no voxel.</summary>
    /// <param name="image">T1 with contrast agent, a head.</param>
    /// <param name="planning">The masks on the grid of the image, 1 inside; none is empty. They may overlap: a shared voxel is that one's in which it lies deeper.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">A mask is empty or on another grid, or a length is negative.</exception>
    public static IReadOnlyList<RefinedMask> Refine(
        Volume<float> image, IReadOnlyList<Volume<byte>> planning, RefinementOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumGrowthMm, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.OpeningMm, nameof(options));
        foreach (Volume<byte> mask in planning)
        {
            if (!mask.Geometry.Coincides(image.Geometry))
                throw new ArgumentException("A planning mask is not on the grid of the image.", nameof(planning));
            if (!mask.Voxels.AsSpan().ContainsAnyExcept((byte)0))
                throw new ArgumentException("A planning mask is empty.", nameof(planning));
        }

        HeadRegion head = HeadRegion.Find(BlockAverage.Reduce(image, HeadSpacing));
        List<RefinedMask> refined = [];
        for (int n = 0; n < planning.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LesionWindow window = new(image, planning, n, head, Math.Max(RingTo, options.MaximumGrowthMm + Margin));
            refined.Add(Refine(window, planning[n], options));
        }

        return refined;
    }

    private static RefinedMask Refine(LesionWindow window, Volume<byte> planning, RefinementOptions options)
    {
        if (NormalTissue.Around(window, RingFrom, RingTo) is not { } normal)
            return Kept(RefinementOutcome.NoNormalTissue, "there is not enough normal brain tissue near it to judge its enhancement by");
        if (Level(window, normal, options) is not { } level)
            return Kept(RefinementOutcome.NotEnhancing, "it does not enhance clearly against normal tissue near it");
        Volume<byte> now = EnhancingRegion.Grow(window, normal.Median + Border * (level - normal.Median), options);
        if (!now.Voxels.AsSpan().Contains((byte)1))
            return Kept(RefinementOutcome.NotEnhancing, "what enhances in it is as thin as vessels are");

        double distance = SurfaceDistance.Mean(window.Planning, now);
        string apart = string.Create(CultureInfo.InvariantCulture, $"the contour of what enhances now is {distance:0.0} mm from the planning contour on average");
        if (distance < options.ToleranceMm)
            return Kept(RefinementOutcome.Unchanged, $"{apart}, within the tolerance") with { MeanDistanceMm = distance };
        if (ContourSupport.Of(window, window.Planning) >= FitsAsWell * ContourSupport.Of(window, now))
            return Kept(RefinementOutcome.Unchanged, $"{apart}, but the image steps as much in brightness across the planning contour") with { MeanDistanceMm = distance };
        double was = MaskMorphology.Radius(window.Planning), change = MaskMorphology.Radius(now) - was;
        double expected = ContourSupport.BestOffset(window, options.MaximumGrowthMm);
        if (change < 0 ? Math.Abs(change - expected) > Agreement * Math.Abs(expected) + AgreementMm : expected < -AgreementMm)
        {
            return Kept(RefinementOutcome.Doubtful, string.Create(
                CultureInfo.InvariantCulture, $"what enhances would change its radius by {change:+0.0;-0.0} mm, the edges in the image by {expected:+0.0;-0.0;0.0} mm")) with
            { MeanDistanceMm = distance };
        }

        return new RefinedMask
        {
            Mask = window.Whole(now),
            Outcome = RefinementOutcome.Refined,
            Why = string.Create(CultureInfo.InvariantCulture, $"{apart}; {Volume(window.Planning):0} mm3 planned, {Volume(now):0} mm3 now"),
            MeanDistanceMm = distance,
        };

        RefinedMask Kept(RefinementOutcome outcome, string why) => new() { Mask = planning, Outcome = outcome, Why = why };
    }

    // The brightness of the part of the planning mask that enhances; null where it does not.
    private static double? Level(LesionWindow window, NormalTissue normal, RefinementOptions options)
    {
        double floor = normal.Median + Math.Max(options.MinimumContrast * normal.Spread, LeastContrast * normal.Median);
        List<float> bright = [];
        for (int n = 0; n < window.Planning.Voxels.Length; n++)
        {
            if (window.Planning.Voxels[n] != 0 && window.Image.Voxels[n] > floor)
                bright.Add(window.Image.Voxels[n]);
        }

        bright.Sort();
        return bright.Count * window.Grid.VoxelVolume < LeastEnhancing ? null : bright[bright.Count / 2];
    }

    private static double Volume(Volume<byte> mask) => mask.Voxels.AsSpan().Count((byte)1) * mask.Geometry.VoxelVolume;
}
