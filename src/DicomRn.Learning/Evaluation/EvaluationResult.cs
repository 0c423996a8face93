namespace DicomRn.Learning.Evaluation;

/// <summary>All that was measured.</summary>
/// <param name="Settings">How.</param>
/// <param name="Models">Each model on each set.</param>
/// <param name="Comparisons">Each model against the reference on each set.</param>
public sealed record EvaluationResult(
    EvaluationConfiguration Settings, IReadOnlyList<ModelMeasures> Models, IReadOnlyList<ModelComparison> Comparisons);
