using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>How a model does on a set. Progression is the positive class.</summary>
public sealed record ModelMeasures
{
    /// <summary>What was predicted, and by which models.</summary>
    public required PredictedSet Set { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Area under the ROC curve with DeLong's interval, of cases as if they were independent.</summary>
    public required RocAuc Auc { get; init; }

    /// <summary>The area with the interval of the bootstrap by patient.</summary>
    public required Interval AucByPatient { get; init; }

    /// <summary>The area in each repeat of the cross-validation; one for a test.</summary>
    public required IReadOnlyList<double> AucOfRepeats { get; init; }

    /// <summary>Highest sensitivity at the stated specificity, the threshold by this set itself: optimistic.</summary>
    public required OperatingPoint AtSpecificity { get; init; }

    /// <summary>Highest specificity at the stated sensitivity, the threshold by this set itself: optimistic.</summary>
    public required OperatingPoint AtSensitivity { get; init; }

    /// <summary>The point of the threshold that has the stated specificity out-of-fold; null where there are no out-of-fold cases, and in leave-centre-out, whose cases they are.</summary>
    public OperatingPoint? AtDevelopmentThreshold { get; init; }

    /// <summary>Positive predictive value at the stated prevalence, of the threshold by development where there is one.</summary>
    public required double PositivePredictiveValue { get; init; }

    /// <summary>Negative predictive value at the stated prevalence, of the same threshold.</summary>
    public required double NegativePredictiveValue { get; init; }

    /// <summary>Calibration of the probabilities.</summary>
    public required CalibrationMeasures Calibration { get; init; }

    /// <summary>Brier score with interval.</summary>
    public required Interval Brier { get; init; }

    /// <summary>Calibration slope with interval.</summary>
    public required Interval Slope { get; init; }

    /// <summary>Calibration in the large with interval.</summary>
    public required Interval Intercept { get; init; }

    /// <summary>Expected calibration error with interval.</summary>
    public required Interval ExpectedCalibrationError { get; init; }

    /// <summary>Net benefit at thresholds.</summary>
    public required IReadOnlyList<DecisionCurve> DecisionCurve { get; init; }

    /// <summary>Share of the cases that are decided and not abstained from.</summary>
    public required Proportion Decided { get; init; }

    /// <summary>Share of the decided cases that are decided rightly.</summary>
    public required Proportion DecidedRightly { get; init; }

    /// <summary>Parts of the set.</summary>
    public required IReadOnlyList<SubgroupMeasure> Subgroups { get; init; }
}
