using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>How a model does in a part of a set.</summary>
/// <param name="Variable">What the set is divided by.</param>
/// <param name="Level">The part.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Progression">Of which progression.</param>
/// <param name="Auc">The area; null with fewer than two cases of a class.</param>
public sealed record SubgroupMeasure(string Variable, string Level, int Cases, int Progression, RocAuc? Auc);
