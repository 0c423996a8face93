using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Support;

/// <summary>Results as the pipeline gives them.</summary>
internal static class Results
{
    public static StudyResult Answered(params string[] sopInstanceUids) => new()
    {
        StudyInstanceUid = TestStore.Study,
        Outcome = StudyOutcome.Answered,
        Results = [.. sopInstanceUids.Select(uid => File(uid))],
    };

    public static StudyResult CannotAnswer(string sopInstanceUid) => Answered(sopInstanceUid) with
    {
        Outcome = StudyOutcome.CannotAnswer,
        Reason = new StudyReason(
            CannotAnswerReason.ContoursMissing, new CodedConcept("130574", "DCM", "Incomplete study"), "There are no contours."),
        WhatToDo = "Send the contours.",
    };

    public static StudyResult NothingToDo { get; } = new()
    {
        StudyInstanceUid = TestStore.Study,
        Outcome = StudyOutcome.NothingToDo,
        Reason = new StudyReason(
            CannotAnswerReason.NoMrImages, new CodedConcept("130574", "DCM", "Incomplete study"), "There is no MR image."),
    };

    private static ResultFile File(string uid) =>
        new($"/results/{uid}.dcm", ResultKind.SR, "1.2.840.10008.5.1.4.1.1.88.34", uid, uid + ".1");
}
