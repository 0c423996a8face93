using DicomRn.Node.Tracking;

namespace DicomRn.Node.Matching;

/// <summary>Which kind of contours is used where a study holds both.</summary>
public enum ContourPreference
{
    /// <summary>RT Structure Sets first, the newest first.</summary>
    StructureSets,

    /// <summary>Segmentations first, the newest first.</summary>
    Segmentations,
}

/// <summary>Section <c>Matching</c>: from the files of a study to lesions on the grid of its T1CE series.</summary>
public sealed record MatchingOptions
{
    /// <summary>How the T1CE series is recognised.</summary>
    public SeriesChoiceSettings Series { get; init; } = new();

    /// <summary>Which contours are lesions.</summary>
    public LesionRoiSettings Lesions { get; init; } = new();

    /// <summary>How contours of another frame of reference are carried over.</summary>
    public RegistrationSettings Registration { get; init; } = new();

    /// <summary>Whether planning masks are fitted to the lesions on the T1CE series.</summary>
    public RefinementSettings Refinement { get; init; } = new();

    /// <summary>How lesions are recognised over time.</summary>
    public TrackingSettings Tracking { get; init; } = new();

    /// <summary>
    /// Which kind of contours is used where a study holds both with lesions on the T1CE grid. The other is named in the
    /// notes and not used, so that no lesion counts twice. Default: structure sets.
    /// </summary>
    public ContourPreference Prefer { get; init; } = ContourPreference.StructureSets;
}
