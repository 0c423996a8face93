using DicomRn.Imaging.Registration;
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
    private readonly List<SpatialRegistration> _registrations = [];
    private (string Date, string Frame, string Series)? _earlier;

    /// <summary>Study Date of the study; empty until it is known.</summary>
    public string StudyDate { get; set; } = "";

    /// <summary>Contours, registrations, and earlier results of this program; RT Plans last.</summary>
    public IEnumerable<FoundSeries> Objects(IEnumerable<FoundSeries> series) => series.Where(s => s.IsOurs
        ? wanted.Earlier && s.StudyInstanceUid != studyInstanceUid && s.Modality is "SR" or "SEG" or "REG"
        : s.Modality is "RTSTRUCT" or "SEG" ? wanted.Contours
        : s.Modality switch
        {
            "REG" => wanted.AreNeeded,
            "RTPLAN" => wanted.Plans,
            _ => false,
        }).OrderBy(s => s.Modality == "RTPLAN");

    /// <summary>Whether the study lacks an answer without a series, so that others are asked for it again.</summary>
    public bool IsNeeded(FoundSeries series) => !series.IsOurs && series.Modality != "RTPLAN"
        && (series.SeriesInstanceUid != _earlier?.Series || _drawnOn.Contains(series.SeriesInstanceUid) || _frames.Contains(series.FrameOfReferenceUid));

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

    /// <summary>Notes a registration, or the segmentation of an earlier report of this program: the latest of those before the study.</summary>
    public void NoteEarlier(StudyFile file)
    {
        if (!wanted.Earlier)
            return;
        if (file.SopClassUid == DicomUID.SpatialRegistrationStorage.UID)
        {
            try
            {
                _registrations.Add(SpatialRegistration.Read(file.Dataset));
            }
            catch (InvalidDataException)
            {
                // Matching tells of it.
            }

            return;
        }

        string date = file.Dataset.GetSingleValueOrDefault(DicomTag.StudyDate, "");
        if (date.Length == 0 || string.CompareOrdinal(date, StudyDate) > 0 || string.CompareOrdinal(date, _earlier?.Date) <= 0
            || !file.Dataset.TryGetSequence(DicomTag.ReferencedSeriesSequence, out DicomSequence? measured) || measured.Items.Count == 0)
            return;
        _earlier = (
            date, file.Dataset.GetSingleValueOrDefault(DicomTag.FrameOfReferenceUID, ""),
            measured.Items[0].GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, ""));
    }

    /// <summary>
    /// The images of the latest earlier report, where no registration leads to their frame of reference, from the study or from the contours.
    /// </summary>
    public IEnumerable<FoundSeries> EarlierImages(IReadOnlyList<FoundSeries> series)
    {
        if (_earlier is not { Frame.Length: > 0 } earlier || wanted.FrameOfReferenceUid.Length == 0 || earlier.Frame == wanted.FrameOfReferenceUid
            || _frames.Append(wanted.FrameOfReferenceUid).Any(f => f == earlier.Frame || RegistrationPath.Find(_registrations, f, earlier.Frame) is not null))
            return [];
        return series.Where(s => s.Modality == "MR" && s.SeriesInstanceUid == earlier.Series);
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
