using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Fetching;

/// <summary>Which of the series that somebody has are wanted for a study.</summary>
/// <param name="studyInstanceUid">The study.</param>
/// <param name="wanted">What it lacks.</param>
internal sealed class FetchSelection(string studyInstanceUid, WantedObjects wanted)
{
    private readonly HashSet<string> _frames = [.. wanted.Frames];
    private readonly HashSet<string> _drawnOn = [.. wanted.DrawnOn];

    /// <summary>Contours, registrations, and earlier results of this program.</summary>
    public IEnumerable<FoundSeries> Objects(IEnumerable<FoundSeries> series) => series.Where(s => s.IsOurs
        ? wanted.Earlier && s.StudyInstanceUid != studyInstanceUid && s.Modality is "SR" or "SEG" or "REG"
        : s.Modality is "RTSTRUCT" or "SEG" ? wanted.Contours
        : s.Modality == "REG" && wanted.AreNeeded);

    /// <summary>Notes what contours that were fetched were drawn on, where that is not the frame of reference of the study.</summary>
    /// <returns>Why they cannot be read; null where they can.</returns>
    public string? Note(StudyFile file)
    {
        if (!wanted.Contours)
            return null;
        try
        {
            ContourSource contours = StudyFiles.IsSegmentation(file.SopClassUid) ? SegmentationContours.Read(file) : StructureSetContours.Read(file);
            string[] frames = [.. contours.Rois.Select(r => r.FrameOfReferenceUid).Where(f => f.Length > 0 && f != wanted.FrameOfReferenceUid)];
            if (frames.Length == 0)
                return null;
            _frames.UnionWith(frames);
            _drawnOn.UnionWith(contours.ReferencedSeries);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or DicomException)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Planning images: the series that contours were drawn on, else, of each frame of reference, the largest one that is said to be in
    /// it.
    /// </summary>
    public IEnumerable<FoundSeries> Planning(IReadOnlyList<FoundSeries> series)
    {
        FoundSeries[] images = [.. series.Where(s => s.Modality is "MR" or "CT")];
        FoundSeries[] drawnOn = [.. images.Where(s => _drawnOn.Contains(s.SeriesInstanceUid))];
        return drawnOn.Concat(images
            .Where(s => _frames.Contains(s.FrameOfReferenceUid) && drawnOn.All(d => d.StudyInstanceUid != s.StudyInstanceUid))
            .OrderByDescending(s => s.Instances ?? 0)
            .DistinctBy(s => s.FrameOfReferenceUid));
    }
}
