using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Evaluation;

/// <summary>What a set is called.</summary>
internal static class SetName
{
    public static string Of(CohortSplit set) => set switch
    {
        CohortSplit.Development => "out-of-fold",
        CohortSplit.HeldOut => "held-out",
        CohortSplit.External => "external",
        _ => "unlabelled",
    };
}
