namespace DicomRn.Learning.Cohorts;

/// <summary>What the scans of a patient are for. All rows of one patient have the same.</summary>
public enum CohortSplit
{
    /// <summary>Pre-training alone: no lesion of the patient has a label.</summary>
    Unlabelled,

    /// <summary>Training, choice of the model and of its thresholds; folds are made of these.</summary>
    Development,

    /// <summary>The test of the same centre: looked at once.</summary>
    HeldOut,

    /// <summary>The test of another centre.</summary>
    External,
}
