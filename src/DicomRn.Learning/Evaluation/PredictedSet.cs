using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Evaluation;

/// <summary>What cases are predicted for, and by which models.</summary>
public enum PredictedSet
{
    /// <summary>Development cases, each by models that have not seen its patient (cross-validation).</summary>
    Development,

    /// <summary>Held-out cases of the same centres, by the model of all development cases.</summary>
    HeldOut,

    /// <summary>Cases of another centre, by the model of all development cases.</summary>
    External,

    /// <summary>All labelled cases, those of each centre by a model of all the others.</summary>
    LeaveCentreOut,
}

/// <summary>From the splits of a cohort to the sets that a model predicts.</summary>
internal static class PredictedSets
{
    /// <exception cref="ArgumentOutOfRangeException">Unlabelled cases are not predicted.</exception>
    public static PredictedSet Of(CohortSplit split) => split switch
    {
        CohortSplit.Development => PredictedSet.Development,
        CohortSplit.HeldOut => PredictedSet.HeldOut,
        CohortSplit.External => PredictedSet.External,
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "Unlabelled cases are not predicted."),
    };
}
