namespace DicomRn.Node.Pipeline;

/// <summary>Why a study has no answer, for programs and for people.</summary>
/// <param name="Kind">The kind of reason.</param>
/// <param name="Code">The code under which the SR gives it.</param>
/// <param name="Text">One sentence without patient data.</param>
public sealed record StudyReason(CannotAnswerReason Kind, CodedConcept Code, string Text);
