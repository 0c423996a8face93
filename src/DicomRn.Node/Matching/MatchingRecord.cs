using DicomRn.Imaging.Anatomy;
using DicomRn.Learning.Cohorts;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Matching;

/// <summary>What matching found, <c>matching.json</c>.</summary>
internal sealed record MatchingRecord
{
    /// <summary>Name of the record in the work folder.</summary>
    public const string FileName = "matching.json";

    /// <summary>Digest of the input and the settings that it was made for.</summary>
    public required string Key { get; init; }

    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Answered where there are lesions to classify.</summary>
    public required StudyOutcome Outcome { get; init; }

    /// <summary>Why there are none, the main reason first.</summary>
    public IReadOnlyList<StudyReason> Reasons { get; init; } = [];

    /// <summary>The chosen series, or the most likely one where none was chosen; null without MR images.</summary>
    public MatchedSeries? Series { get; init; }

    /// <summary>Every MR series with its score and evidence.</summary>
    public IReadOnlyList<CandidateRecord> Candidates { get; init; } = [];

    /// <summary>Where the contours come from.</summary>
    public MatchedContours? Contours { get; init; }

    /// <summary>What became of every structure set and segmentation of the study.</summary>
    public IReadOnlyList<ContourDecision> ContourDecisions { get; init; } = [];

    /// <summary>How the contours came to the frame of reference of the series, or failed to; null where they are in it.</summary>
    public MatchedRegistration? Registration { get; init; }

    /// <summary>The lesions.</summary>
    public IReadOnlyList<MatchedLesion> Lesions { get; init; } = [];

    /// <summary>What the study lacks that others may have; null where it lacks nothing.</summary>
    public WantedObjects? Wanted { get; init; }

    /// <summary>What was fetched, by SOP Instance UID, and what there is to say of it.</summary>
    public MatchedFetch? Fetched { get; init; }

    /// <summary>What a reader should know, sentences without patient data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What was fetched for a study.</summary>
/// <param name="SopInstanceUids">The objects.</param>
/// <param name="Notes">What was set aside.</param>
internal sealed record MatchedFetch(IReadOnlyList<string> SopInstanceUids, IReadOnlyList<string> Notes);

/// <summary>The series that lesions are measured on.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Number">Series Number.</param>
/// <param name="Description">Series Description.</param>
/// <param name="FrameOfReferenceUid">Frame of Reference UID.</param>
/// <param name="Score">Points.</param>
/// <param name="Chosen">Whether it was chosen; false where it is only the most likely one.</param>
/// <param name="Assumed">Whether a person declared it.</param>
/// <param name="Files">Its files.</param>
internal sealed record MatchedSeries(
    string SeriesInstanceUid, int? Number, string Description, string? FrameOfReferenceUid, double Score, bool Chosen, bool Assumed,
    IReadOnlyList<string> Files)
{
    /// <summary>Which of its volumes was taken, from 1; null where it holds only one.</summary>
    public int? Stack { get; init; }
}

/// <summary>A candidate series.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Number">Series Number.</param>
/// <param name="Description">Series Description.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Score">Sum of all points.</param>
/// <param name="Rejected">Whether a rule excludes it.</param>
/// <param name="Evidence">Every observation with its weight.</param>
internal sealed record CandidateRecord(
    string SeriesInstanceUid, int? Number, string Description, int Images, double Score, bool Rejected,
    IReadOnlyList<SeriesEvidence> Evidence);

/// <summary>The instance whose contours are used.</summary>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
internal sealed record MatchedContours(string SopClassUid, string SopInstanceUid, string SeriesInstanceUid)
{
    /// <summary>Study Instance UID, where it is of another study; null where it is of this one.</summary>
    public string? StudyInstanceUid { get; init; }
}

/// <summary>A lesion on the grid of the series.</summary>
internal sealed record MatchedLesion
{
    /// <summary>Tracking ID.</summary>
    public required string TrackingId { get; init; }

    /// <summary>Tracking UID.</summary>
    public required string TrackingUid { get; init; }

    /// <summary>Name of the contour in its source.</summary>
    public required string Label { get; init; }

    /// <summary>ROI or segment number in its source.</summary>
    public required int Number { get; init; }

    /// <summary>Side of the head; null where it crosses or nears the midline, or the sides cannot be told.</summary>
    public Laterality? Laterality { get; init; }

    /// <summary>Name of the mask that the model sees in the work folder (NIfTI, uint8, grid of the series).</summary>
    public required string MaskFile { get; init; }

    /// <summary>SHA-256 of the mask's voxels, hexadecimal.</summary>
    public required string MaskDigest { get; init; }

    /// <summary>Voxels inside.</summary>
    public required long Voxels { get; init; }

    /// <summary>Volume, mm³.</summary>
    public required double VolumeMm3 { get; init; }

    /// <summary>Slice of largest area, from 0.</summary>
    public required int LargestSlice { get; init; }

    /// <summary>Area there, mm².</summary>
    public required double LargestAreaMm2 { get; init; }

    /// <summary>Long axis there, mm.</summary>
    public required double LongAxisMm { get; init; }

    /// <summary>Short axis there, mm.</summary>
    public required double ShortAxisMm { get; init; }

    /// <summary>What the objects of the study say of patient and lesion on the day of the images; null is missing.</summary>
    public CohortClinicalData? Clinical { get; init; }

    /// <summary>What refinement made of its planning mask; null without refinement.</summary>
    public MatchedRefinement? Refinement { get; init; }

    /// <summary>The same lesion in earlier reports of this program, the earliest first.</summary>
    public IReadOnlyList<LesionTimePoint> History { get; init; } = [];
}
