using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Matching;

/// <summary>Whether contours of another frame of reference can be carried over.</summary>
internal sealed record CarryingOutcome
{
    /// <summary>The registration, also one that is refused; null where there is none.</summary>
    public MatchedRegistration? Registration { get; init; }

    /// <summary>The deformation that carries them; null where the registration is rigid.</summary>
    public DeformedCarrying? Deformation { get; init; }

    /// <summary>Why contours must not be carried over; null where they may.</summary>
    public StudyReason? Reason { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>There is no registration, because …</summary>
    public static CarryingOutcome None(string because, IReadOnlyList<string> notes) => new()
    {
        Reason = ReasonCodes.Reason(
            CannotAnswerReason.OtherFrameOfReference,
            $"The contours belong to another frame of reference than the contrast-enhanced T1 series and are not carried over without registration: {because}."),
        Notes = notes,
    };
}
