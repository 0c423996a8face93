using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Matching;

/// <summary>The lesions of a study, or why there are none.</summary>
internal sealed record LesionMatch
{
    /// <summary>Where the lesions come from; null where there are none.</summary>
    public ContourSource? Source { get; init; }

    /// <summary>The lesions.</summary>
    public IReadOnlyList<MatchedLesion> Lesions { get; init; } = [];

    /// <summary>Why there are none.</summary>
    public StudyReason? Reason { get; init; }

    /// <summary>How the contours came to the frame of reference of the series; null where they are in it.</summary>
    public MatchedRegistration? Registration { get; init; }

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What became of every structure set and segmentation.</summary>
    public IReadOnlyList<ContourDecision> Decisions { get; init; } = [];

    /// <summary>No lesions, and why.</summary>
    public static LesionMatch None(CannotAnswerReason kind, string text) => new() { Reason = ReasonCodes.Reason(kind, text) };
}
