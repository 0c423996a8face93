using System.Globalization;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Tracking;

/// <summary>
/// Recognises lesions of earlier reports and gives them the identity that they have there: the same contour, else overlap of the masks
/// in one frame of reference, which the images of both are registered for where nobody else did, else, where there is no way between the
/// frames of reference, the same name.
/// </summary>
/// <param name="settings">How.</param>
/// <param name="registration">What a registration made here must keep to.</param>
internal sealed class LesionTracking(TrackingSettings settings, RegistrationSettings registration)
{
    /// <summary>The record with the identity of its lesions and their history.</summary>
    /// <param name="record">A record with lesions.</param>
    /// <param name="series">The T1CE series.</param>
    /// <param name="files">The study and what was fetched for it.</param>
    /// <param name="workFolder">Where the masks are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<MatchingRecord> ApplyAsync(
        MatchingRecord record, SeriesVolume series, StudyFiles files, string workFolder, CancellationToken cancellationToken)
    {
        string date = series.FirstDataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
        IReadOnlyList<EarlierTimePoint> before = settings.Enabled ? EarlierTimePoint.Before(files.EarlierResults, date) : [];
        if (before.Count == 0 || record.Lesions.Count == 0)
            return record;
        List<TrackedLesion> lesions = [];
        foreach (MatchedLesion lesion in record.Lesions)
        {
            Volume<byte> mask = await NiftiFile.ReadMaskAsync(Path.Combine(workFolder, lesion.MaskFile), cancellationToken);
            lesions.Add(new TrackedLesion(lesion, new Volume<byte>(series.Volume.Geometry, mask.Voxels)));
        }

        List<string> notes = [];
        HashSet<string> taken = [];
        foreach (EarlierTimePoint point in before)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RigidTransform? way = Way(series.Series.FrameOfReferenceUid, point, record, files);
            if (way is null && settings.RegisterHere && IsOpen(point, lesions, taken))
                way = await RegisterAsync(series, point, files, notes, cancellationToken);
            Recognise(point, lesions, taken, way, notes);
        }

        return record with
        {
            Lesions = Name(lesions, before),
            Notes = [.. record.Notes, .. notes],
        };
    }

    // Whether a lesion of either may be one of the other that is not known to be.
    private static bool IsOpen(EarlierTimePoint point, List<TrackedLesion> lesions, HashSet<string> taken) =>
        lesions.Exists(l => !l.IsKnown && point.Lesions.All(e => e.TrackingUid != l.Lesion.TrackingUid))
        && point.Lesions.Any(e => !taken.Contains(e.TrackingUid) && !lesions.Exists(l => l.Lesion.TrackingUid == e.TrackingUid));

    /// <summary>From the T1CE series to the images of an earlier report, if they are here and the registration is accepted.</summary>
    private async Task<RigidTransform?> RegisterAsync(
        SeriesVolume series, EarlierTimePoint point, StudyFiles files, List<string> notes, CancellationToken cancellationToken)
    {
        string there = FrameOf(point);
        IGrouping<string, StudyFile>? images = files.PlanningSeries.FirstOrDefault(s => point.Lesions.Any(l => l.SourceSeriesUid == s.Key)
            && s.All(f => f.Dataset.GetSingleValueOrDefault(DicomTag.FrameOfReferenceUID, "") == there));
        if (there.Length == 0 || images is null)
            return null;
        PatientIdentity patient = PatientIdentity.Of(series.FirstDataset);
        if (images.Select(f => patient.Contradictions(PatientIdentity.Of(f.Dataset))).FirstOrDefault(c => c.Count > 0) is { } contradictions)
        {
            notes.Add($"The images of {point.Date} were not registered: they contradict those of the study in {string.Join(" and ", contradictions)}.");
            return null;
        }

        SeriesVolume earlier;
        try
        {
            earlier = await SeriesVolumeReader.ReadFilesAsync(images.Select(f => f.Path).Order(StringComparer.Ordinal), cancellationToken);
        }
        catch (Exception e) when (e is SeriesGeometryException or DicomException)
        {
            notes.Add($"The images of {point.Date} were not registered: {e.Message}");
            return null;
        }

        RegistrationOptions options = new() { Gates = registration.Gates };
        RegistrationResult result = await Task.Run(
            () => RigidRegistration.Register(series.Volume, earlier.Volume, options, cancellationToken: cancellationToken), cancellationToken);
        notes.Add($"To recognise lesions, the images of {point.Date} were registered to the contrast-enhanced T1 series. {RegistrationText.Of(result)}");
        return result.Accepted ? result.FixedToMoving : null;
    }

    private void Recognise(
        EarlierTimePoint point, List<TrackedLesion> lesions, HashSet<string> taken, RigidTransform? way, List<string> notes)
    {
        foreach (EarlierLesion same in point.Lesions.Where(e => lesions.Any(l => l.Lesion.TrackingUid == e.TrackingUid)))
        {
            TrackedLesion lesion = lesions.First(l => l.Lesion.TrackingUid == same.TrackingUid);
            if (!lesion.IsKnown && taken.Add(same.TrackingUid))
                lesion.Become(same, notes, $"has the contour of {same.TrackingId} of {point.Date}");
            if (lesion.IsKnown)
                lesion.Add(point, same);
        }

        EarlierLesion[] open = [.. point.Lesions.Where(e => !taken.Contains(e.TrackingUid))];
        if (open.Length == 0)
            return;
        if (way is not null && point.Segmentation is { } file && TryRead(file, notes) is { } segmentation)
            ByOverlap(point, open, lesions, taken, segmentation, way, notes);
        else if (settings.ByName)
            ByName(point, open, lesions, taken, notes);
    }

    private void ByOverlap(
        EarlierTimePoint point, EarlierLesion[] open, List<TrackedLesion> lesions, HashSet<string> taken, SegmentationObject segmentation,
        RigidTransform way, List<string> notes)
    {
        List<(TrackedLesion Lesion, EarlierLesion Earlier, double Overlap)> pairs = [];
        foreach (EarlierLesion earlier in open.Where(e => segmentation.Segments.Any(s => s.Number == e.Segment)))
        {
            Volume<byte> mask;
            try
            {
                mask = segmentation.Mask(earlier.Segment, way.Apply(lesions[0].Mask.Geometry)).Mask;
            }
            catch (SeriesGeometryException e)
            {
                notes.Add($"{earlier.TrackingId} of {point.Date} could not be compared: {e.Message}");
                continue;
            }

            pairs.AddRange(lesions.Where(l => !l.IsKnown).Select(l => (l, earlier, Overlap(l.Mask.Voxels, mask.Voxels))));
        }

        foreach ((TrackedLesion lesion, EarlierLesion earlier, double overlap) in pairs.OrderByDescending(p => p.Overlap))
        {
            if (overlap < settings.MinimumOverlap || lesion.IsKnown || !taken.Add(earlier.TrackingUid))
                continue;
            lesion.Become(earlier, notes, string.Create(
                CultureInfo.InvariantCulture, $"is {earlier.TrackingId} of {point.Date}: they share {overlap * 100:0} % of the smaller"));
            lesion.Add(point, earlier);
        }
    }

    private static void ByName(
        EarlierTimePoint point, EarlierLesion[] open, List<TrackedLesion> lesions, HashSet<string> taken, List<string> notes)
    {
        foreach (TrackedLesion lesion in lesions.Where(l => !l.IsKnown))
        {
            string name = Plain(lesion.Lesion.Label);
            EarlierLesion[] named = [.. open.Where(e => Plain(e.Contour) == name)];
            if (name.Length == 0 || named.Length != 1 || lesions.Count(l => Plain(l.Lesion.Label) == name) != 1 || !taken.Add(named[0].TrackingUid))
                continue;
            lesion.Become(named[0], notes, $"is taken for {named[0].TrackingId} of {point.Date} by the name of its contour alone: there is no registration between the two");
            lesion.Add(point, named[0]);
        }
    }

    /// <summary>From the T1CE series to an earlier one: the same frame of reference, or registrations, that of the contours among them.</summary>
    private static RigidTransform? Way(string here, EarlierTimePoint point, MatchingRecord record, StudyFiles files)
    {
        string there = FrameOf(point);
        if (there.Length == 0 || here.Length == 0)
            return null;
        if (there == here)
            return RigidTransform.Identity;
        List<SpatialRegistration> known = [];
        foreach (StudyFile file in files.Registrations.Concat(files.EarlierResults.Where(r => r.SopClassUid == DicomUID.SpatialRegistrationStorage.UID)))
        {
            try
            {
                known.Add(SpatialRegistration.Read(file.Dataset));
            }
            catch (InvalidDataException)
            {
                // Matching has told of it.
            }
        }

        if (RegistrationPath.Find(known, here, there) is { } direct)
            return direct.Transform;
        return record.Registration is { Refusals.Count: 0 } carried
            && RegistrationPath.Find(known, carried.ContourFrameOfReferenceUid, there) is { } onwards
                ? carried.Transform().Then(onwards.Transform)
                : null;
    }

    private static string FrameOf(EarlierTimePoint point) =>
        point.Segmentation?.Dataset.GetSingleValueOrDefault(DicomTag.FrameOfReferenceUID, "") ?? "";

    private static MatchedLesion[] Name(List<TrackedLesion> lesions, IReadOnlyList<EarlierTimePoint> before)
    {
        HashSet<string> used = [.. before.SelectMany(p => p.Lesions).Select(l => l.TrackingId), .. lesions.Where(l => l.IsKnown).Select(l => l.Lesion.TrackingId)];
        int next = 1;
        foreach (TrackedLesion lesion in lesions.Where(l => !l.IsKnown))
        {
            string id;
            do
                id = string.Create(CultureInfo.InvariantCulture, $"Lesion {next++}");
            while (!used.Add(id));
            lesion.Call(id);
        }

        return [.. lesions.Select(l => l.Lesion)];
    }

    private static SegmentationObject? TryRead(StudyFile file, List<string> notes)
    {
        try
        {
            return SegmentationObject.Read(file.Dataset);
        }
        catch (Exception e) when (e is InvalidDataException or DicomException)
        {
            notes.Add($"Segmentation {file.SopInstanceUid} of an earlier report could not be used: {e.Message}");
            return null;
        }
    }

    private static double Overlap(byte[] a, byte[] b)
    {
        long both = 0, inA = 0, inB = 0;
        for (int n = 0; n < a.Length; n++)
        {
            both += a[n] & b[n];
            inA += a[n];
            inB += b[n];
        }

        return inA == 0 || inB == 0 ? 0 : (double)both / Math.Min(inA, inB);
    }

    private static string Plain(string name) => name.Trim().ToUpperInvariant();
}
