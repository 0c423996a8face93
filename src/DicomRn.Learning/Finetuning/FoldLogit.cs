namespace DicomRn.Learning.Finetuning;

/// <summary>The logit of a case that its classifier was not trained on.</summary>
/// <param name="Case">Index of the case.</param>
/// <param name="Repeat">Repetition of the cross-validation, from 0.</param>
/// <param name="Fold">The fold that was left out; -1 for a test.</param>
/// <param name="Logit">Above 0 for progression.</param>
/// <param name="Distance">Distance to the classifier's own training cases in its embedding; null for a test and where it has no embedding.</param>
internal readonly record struct FoldLogit(int Case, int Repeat, int Fold, double Logit, double? Distance = null);
