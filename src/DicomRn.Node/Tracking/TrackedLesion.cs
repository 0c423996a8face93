using DicomRn.Imaging.Volumes;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tracking;

/// <summary>A lesion of the study while it is recognised.</summary>
/// <param name="lesion">As it was matched.</param>
/// <param name="mask">Its mask on the grid of the T1CE series.</param>
internal sealed class TrackedLesion(MatchedLesion lesion, Volume<byte> mask)
{
    /// <summary>With the identity and the history found so far.</summary>
    public MatchedLesion Lesion { get; private set; } = lesion;

    /// <summary>Its mask.</summary>
    public Volume<byte> Mask => mask;

    /// <summary>Whether an earlier report has it.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>It is that lesion.</summary>
    public void Become(EarlierLesion earlier, List<string> notes, string why)
    {
        notes.Add($"{earlier.TrackingId} (contour {Lesion.Number}) {why}.");
        Lesion = Lesion with { TrackingId = earlier.TrackingId.Length > 0 ? earlier.TrackingId : Lesion.TrackingId, TrackingUid = earlier.TrackingUid };
        IsKnown = true;
    }

    /// <summary>It gets a name of its own.</summary>
    public void Call(string trackingId) => Lesion = Lesion with { TrackingId = trackingId };

    /// <summary>An earlier report tells this of it; the latest come first.</summary>
    public void Add(EarlierTimePoint point, EarlierLesion earlier) => Lesion = Lesion with
    {
        History =
        [
            new LesionTimePoint(point.StudyInstanceUid, point.Date, earlier.VolumeMm3, earlier.Probability, earlier.Class, point.Report,
                point.Segments, earlier.Segment, earlier.SourceSeriesUid),
            .. Lesion.History,
        ],
    };
}
