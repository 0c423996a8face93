namespace DicomRn.Learning.Evaluation;

/// <summary>What a model says of one case.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Set">By whom it is predicted.</param>
/// <param name="Repeat">Which repetition of the cross-validation, from 0; 0 for the tests.</param>
/// <param name="Fold">The fold that the case was left out in, or the number of its centre in leave-centre-out; -1 for the tests.</param>
/// <param name="Centre">The hospital or data set.</param>
/// <param name="Patient">Who it is of.</param>
/// <param name="Lesion">Which lesion.</param>
/// <param name="TimePoint">Which scan.</param>
/// <param name="Progression">The truth.</param>
/// <param name="Logit">Above 0 for progression.</param>
/// <param name="Probability">Calibrated probability of progression.</param>
/// <param name="Decision"><c>RN</c>, <c>progression</c> or <c>undecided</c>.</param>
public sealed record Prediction(
    string Model, PredictedSet Set, int Repeat, int Fold, string Centre, string Patient, string Lesion, int TimePoint, bool Progression,
    double Logit, double Probability, string Decision)
{
    /// <summary>The same for the same case, whatever the model.</summary>
    internal (PredictedSet Set, string Centre, string Patient, string Lesion, int TimePoint) Case => (Set, Centre, Patient, Lesion, TimePoint);
}
