using DicomRn.Learning.Classification;

namespace DicomRn.Learning.Finetuning;

/// <summary>The controls without an image: logistic regression on clinical variables, or on the volume alone.</summary>
internal sealed class VariableTraining(IReadOnlyList<ClinicalGroup> groups, FinetuningSettings settings) : IClassifierTraining
{
    public ITrainedClassifier Train(
        LesionCases cases, IReadOnlyList<int> training, int seed, IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken)
    {
        ClinicalEncoding encoding = new(groups, [.. training.Select(n => (cases.Entries[n].Clinical, cases.VolumesMm3[n]))]);
        LogisticRegression regression = LogisticRegression.Fit(
            [.. training.Select(n => TrainedVariables.Features(encoding, cases, n))],
            [.. training.Select(n => cases.Progression[n])],
            settings.Ridge,
            settings.ClassWeights);
        return new TrainedVariables(encoding, regression);
    }
}
