using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Series;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Matching;

/// <summary>Lays the lesion contours of a study onto the grid of its T1CE series, or says why that cannot be done.</summary>
internal sealed class LesionMatching(MatchingOptions options)
{
    private readonly ContourCarrying _carrying = new(options.Registration);
    private readonly LesionRoiSelection _selection = new(options.Lesions);
    private readonly ContourDecisions _decisions = new();

    /// <summary>The lesions, masks written to the work folder, or the reason why there are none.</summary>
    /// <param name="series">The T1CE series.</param>
    /// <param name="sources">All contours of the study that could be read.</param>
    /// <param name="files">The study, for registrations and planning images.</param>
    /// <param name="workFolder">Where the masks go.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<LesionMatch> RunAsync(
        SeriesVolume series, IReadOnlyList<ContourSource> sources, StudyFiles files, string workFolder, CancellationToken cancellationToken)
    {
        LesionMatch match = await FindAsync(series, sources, files, workFolder, cancellationToken);
        return match with { Decisions = _decisions.All };
    }

    private async Task<LesionMatch> FindAsync(
        SeriesVolume series, IReadOnlyList<ContourSource> sources, StudyFiles files, string workFolder, CancellationToken cancellationToken)
    {
        string frame = series.Series.FrameOfReferenceUid;
        foreach (ContourSource source in InOrder(sources, series))
            _decisions.Add(source, false, source.Rois.Any(r => r.FrameOfReferenceUid == frame) ? "not looked at" : "it belongs to another frame of reference than the series");
        ContourSource[] here = [.. InOrder(sources.Where(s => frame.Length > 0 && s.Rois.Any(r => r.FrameOfReferenceUid == frame)), series)];
        if (here.Length == 0)
            return await CarryAsync(series, [.. InOrder(sources, series)], files, workFolder, cancellationToken);
        return await LayFirstAsync(series, here, workFolder, cancellationToken);
    }

    private async Task<LesionMatch> CarryAsync(
        SeriesVolume series, ContourSource[] sources, StudyFiles files, string workFolder, CancellationToken cancellationToken)
    {
        string here = series.Series.FrameOfReferenceUid;
        if (here.Length == 0)
        {
            return LesionMatch.None(
                CannotAnswerReason.OtherFrameOfReference, "The contrast-enhanced T1 series has no frame of reference; no contours can be laid onto it.");
        }

        LesionMatch? failed = null;
        List<string> notes = [];
        foreach (string frame in sources.SelectMany(s => s.Rois).Select(r => r.FrameOfReferenceUid).Where(f => f.Length > 0).Distinct())
        {
            ContourSource[] there = [.. sources.Where(s => s.Rois.Any(r => r.FrameOfReferenceUid == frame))];
            CarryingOutcome found = await _carrying.FindAsync(
                series, frame, [.. there.SelectMany(s => s.ReferencedSeries)], files, cancellationToken);
            if (found.Reason is { } reason)
            {
                failed ??= new LesionMatch { Reason = reason, Registration = found.Registration };
                foreach (ContourSource source in there)
                    _decisions.Add(source, false, reason.Text);
                notes.AddRange(found.Notes);
                continue;
            }

            RigidTransform transform = found.Registration!.Transform();
            ContourSource[] carried = [.. there.Select(s => s with
            {
                Carried = true,
                Rois = [.. s.Rois.Where(r => r.FrameOfReferenceUid == frame).Select(r =>
                    found.Deformation?.Carry(r, here) ?? ContourCarrying.Carry(r, here, transform))],
            })];
            LesionMatch match = await LayFirstAsync(series, carried, workFolder, cancellationToken);
            return match with { Registration = found.Registration, Notes = [found.Registration.Text, .. found.Notes, .. match.Notes] };
        }

        failed ??= LesionMatch.None(CannotAnswerReason.OtherFrameOfReference, "The contours name no frame of reference.");
        return failed with { Notes = notes };
    }

    private async Task<LesionMatch> LayFirstAsync(
        SeriesVolume series, ContourSource[] here, string workFolder, CancellationToken cancellationToken)
    {
        LesionMatch? first = null;
        List<string> notes = [];
        foreach (ContourSource source in here)
        {
            LesionMatch match = await LayAsync(series, source, workFolder, cancellationToken);
            if (match.Lesions.Count > 0)
            {
                _decisions.Add(source, true, WhyFirst(source, here, series));
                foreach (ContourSource other in here.Where(s => s != source))
                    notes.Add($"{Kind(other)} {other.File.SopInstanceUid} was not used: the lesions were taken from another object of the study.");
                return match with { Notes = [.. match.Notes, .. notes] };
            }

            _decisions.Add(source, false, match.Reason!.Text);
            first ??= match;
        }

        return first!;
    }

    private string WhyFirst(ContourSource source, ContourSource[] all, SeriesVolume series)
    {
        string why = source.Carried ? "carried over from its own frame of reference" : "in the frame of reference of the series";
        if (source.ReferencedSeries.Contains(series.Series.SeriesInstanceUid))
            why += ", drawn on it";
        return all.Length == 1 ? why : $"{why}; the first of {all.Length} by kind (Matching:Prefer is {options.Prefer}), series drawn on and date";
    }

    private IEnumerable<ContourSource> InOrder(IEnumerable<ContourSource> sources, SeriesVolume series) => sources
        .OrderByDescending(s => s.IsSegmentation == (options.Prefer == ContourPreference.Segmentations))
        .ThenByDescending(s => s.ReferencedSeries.Contains(series.Series.SeriesInstanceUid))
        .ThenByDescending(s => s.DrawnAt, StringComparer.Ordinal)
        .ThenBy(s => s.File.SopInstanceUid, StringComparer.Ordinal);

    private async Task<LesionMatch> LayAsync(SeriesVolume series, ContourSource source, string workFolder, CancellationToken cancellationToken)
    {
        OtherSeriesCheck? otherSeries = OtherSeriesCheck.For(series, source);
        ContourRoi[] here = [.. source.Rois.Where(r => r.FrameOfReferenceUid == series.Series.FrameOfReferenceUid)];
        IReadOnlyList<ContourRoi> chosen = _selection.Select(here, r => r.Roi);
        List<string> notes = [.. otherSeries?.Notes(Kind(source), chosen) ?? []];
        int left = here.Length - chosen.Count;
        foreach (ContourRoi roi in here.Except(chosen))
            _decisions.Add(source, roi.Roi, false, "no lesion by the settings (Matching:Lesions)");
        if (left > 0)
            notes.Add($"{left} of {here.Length} contours are no lesions by the settings and were left out.");
        if (chosen.Count == 0)
        {
            return LesionMatch.None(
                CannotAnswerReason.NoLesionContour,
                $"None of the {here.Length} contours is a lesion by interpreted type or name as the settings expect them.") with
            { Notes = notes };
        }

        List<(ContourRoi Roi, RoiMask Mask)> kept = [];
        int outside = 0, unusable = 0;
        foreach (ContourRoi roi in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = $"Contour {roi.Roi.Number}";
            RoiMask mask;
            try
            {
                mask = roi.ToMask(series.Volume.Geometry);
            }
            catch (InvalidDataException e)
            {
                unusable++;
                Drop(e.Message);
                continue;
            }

            double tissue = otherSeries?.InTissue(mask) ?? 1, volume = mask.Voxels * series.Volume.Geometry.VoxelVolume;
            if (mask.Inside < options.Lesions.MinimumInside)
            {
                outside++;
                Drop(string.Create(CultureInfo.InvariantCulture, $"only {mask.Inside * 100:0} % of it lies inside the image volume."));
            }
            else if (tissue < options.Lesions.MinimumInTissue)
            {
                outside++;
                Drop(string.Create(CultureInfo.InvariantCulture, $"it was drawn on another series, and only {tissue * 100:0} % of it lies in tissue of this one."));
            }
            else if (mask.Voxels == 0)
            {
                Drop("it is empty on the grid of the series.");
            }
            else if (volume < options.Lesions.MinimumVolumeMm3)
            {
                Drop(string.Create(CultureInfo.InvariantCulture, $"its {volume:0} mm3 are below the minimum."));
            }
            else if (kept.FirstOrDefault(k => Overlap(k.Mask, mask) > options.Lesions.MaximumOverlap) is { Roi: not null } twin)
            {
                Drop($"it outlines the same lesion as contour {twin.Roi.Roi.Number}.");
            }
            else
            {
                notes.AddRange(mask.Warnings.Concat(roi.CheckReferences(series.Series)).Select(w => $"{name}: {w}."));
                kept.Add((roi, mask));
                _decisions.Add(source, roi.Roi, true, string.Create(CultureInfo.InvariantCulture, $"lesion of {mask.Voxels} voxels, {volume:0} mm3"));
            }

            void Drop(string because)
            {
                notes.Add($"{name} was dropped: {because}");
                _decisions.Add(source, roi.Roi, false, because);
            }
        }

        if (kept.Count == 0)
        {
            LesionMatch none = (outside, unusable) switch
            {
                ( > 0, _) => LesionMatch.None(
                    CannotAnswerReason.ContoursOutsideImage,
                    "The lesion contours have the frame of reference of the series but lie outside its volume or in air."),
                (_, > 0) => LesionMatch.None(
                    CannotAnswerReason.ContoursUnusable, "The lesion contours cannot be laid onto the grid of the series."),
                _ => LesionMatch.None(CannotAnswerReason.NoLesionContour, "The lesion contours are empty on the grid of the series."),
            };
            return none with { Notes = notes };
        }

        IReadOnlyList<RefinedMask>? refined = await PlanningMaskRefinement.ApplyAsync(
            options.Refinement, series, source, [.. kept.Select(k => k.Mask.Mask)], notes, cancellationToken);
        LesionMaskFiles files = new(series, source, workFolder);
        List<MatchedLesion> lesions = [];
        foreach ((ContourRoi roi, RoiMask mask) in kept)
        {
            RefinedMask? now = refined?[lesions.Count];
            MatchedLesion lesion = await files.WriteAsync(roi, mask.Mask, now, lesions.Count + 1, cancellationToken);
            lesions.Add(lesion);
            if (now is null)
                continue;
            string text = PlanningMaskRefinement.Text(now);
            notes.Add($"Contour {roi.Roi.Number}: {text}.");
            _decisions.Add(source, roi.Roi, true, string.Create(CultureInfo.InvariantCulture, $"lesion of {lesion.Voxels} voxels, {lesion.VolumeMm3:0} mm3; {text}"));
        }

        return new LesionMatch { Source = source, Lesions = lesions, Notes = notes };
    }

    private static double Overlap(RoiMask a, RoiMask b)
    {
        long both = 0;
        ReadOnlySpan<byte> x = a.Mask.Voxels, y = b.Mask.Voxels;
        ReadOnlySpan<ulong> x8 = MemoryMarshal.Cast<byte, ulong>(x), y8 = MemoryMarshal.Cast<byte, ulong>(y);
        for (int n = 0; n < x8.Length; n++)
            both += BitOperations.PopCount(x8[n] & y8[n]);
        for (int n = x8.Length * sizeof(ulong); n < x.Length; n++)
            both += x[n] & y[n];
        return (double)both / Math.Min(a.Voxels, b.Voxels);
    }

    private static string Kind(ContourSource source) => source.IsSegmentation ? "Segmentation" : "Structure set";
}
