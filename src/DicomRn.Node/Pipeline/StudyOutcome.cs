namespace DicomRn.Node.Pipeline;

/// <summary>How a study ended.</summary>
public enum StudyOutcome
{
    /// <summary>Every lesion has an answer, which may be "undetermined".</summary>
    Answered,

    /// <summary>The study cannot be answered; an SR gives the coded reason and what to do.</summary>
    CannotAnswer,

    /// <summary>Nothing in the study asks for an answer; there are no results.</summary>
    NothingToDo,
}
