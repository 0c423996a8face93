using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Matching;

/// <summary>The T1CE series of a study, or why there is none.</summary>
internal sealed record SeriesChoice
{
    /// <summary>The chosen series; null where there is none.</summary>
    public SeriesRating? Chosen { get; init; }

    /// <summary>Whether a person declared it.</summary>
    public bool Assumed { get; init; }

    /// <summary>Why there is none: the main reason first.</summary>
    public IReadOnlyList<StudyReason> Reasons { get; init; } = [];

    /// <summary>What a reader should know about the choice.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
