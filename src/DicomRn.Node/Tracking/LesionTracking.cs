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
/// in one frame of reference, else, where there is no way between the frames of reference, the same name.
/// </summary>
/// <param name="settings">How.</param>
internal sealed class LesionTracking(TrackingSettings settings)
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
            Recognise(point, lesions, taken, Way(series.Series.FrameOfReferenceUid, point, record, files), notes);
        }

        return record with
        {
            Lesions = Name(lesions, before),
            Notes = [.. record.Notes, .. notes],
        };
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
        string there = point.Segmentation?.Dataset.GetSingleValueOrDefault(DicomTag.FrameOfReferenceUID, "") ?? "";
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
        return record.Registration is { Refusals.Count: 0 } registration
            && RegistrationPath.Find(known, registration.ContourFrameOfReferenceUid, there) is { } onwards
                ? registration.Transform().Then(onwards.Transform)
                : null;
    }

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
