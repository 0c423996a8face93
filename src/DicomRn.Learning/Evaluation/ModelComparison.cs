using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>A model against the reference on the cases that both have predicted.</summary>
/// <param name="Set">Development (out-of-fold), held-out or external.</param>
/// <param name="Model">The model.</param>
/// <param name="Reference">What it is compared to.</param>
/// <param name="Cases">Common cases.</param>
/// <param name="Areas">Reference less model, by the paired test of DeLong.</param>
public sealed record ModelComparison(PredictedSet Set, string Model, string Reference, int Cases, RocComparison Areas);
