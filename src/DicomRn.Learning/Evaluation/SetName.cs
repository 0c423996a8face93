using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Evaluation;

/// <summary>What a set is called in tables and names of files.</summary>
public static class SetName
{
    /// <summary>A word without blanks.</summary>
    public static string Of(CohortSplit set) => set switch
    {
        CohortSplit.Development => "out-of-fold",
        CohortSplit.HeldOut => "held-out",
        CohortSplit.External => "external",
        _ => "unlabelled",
    };
}
