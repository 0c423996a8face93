using DicomRn.Learning.Classification;

namespace DicomRn.Learning.Finetuning;

/// <summary>The radiomics baseline: every choice and scale is made by the training cases of the fold.</summary>
internal sealed class RadiomicsTraining(RadiomicsTable table, RadiomicsClassifierSettings settings, FinetuningSettings common) : IClassifierTraining
{
    private const int InnerFolds = 5;

    public ITrainedClassifier Train(
        LesionCases cases, IReadOnlyList<int> training, int seed, IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken)
    {
        bool[] progression = [.. training.Select(n => cases.Progression[n])];
        int[] existing = [.. Enumerable.Range(0, table.Names.Count).Where(c => training.All(n => double.IsFinite(table.Rows[n][c])))];
        double[][] raw = [.. training.Select(n => existing.Select(c => table.Rows[n][c]).ToArray())];
        FeatureScaling scaling = FeatureScaling.Fit(raw);
        double[][] rows = [.. raw.Select(r => scaling.Apply(r))];
        double[] label = [.. progression.Select(p => p ? 1.0 : 0)];
        double[][] columns = [.. Enumerable.Range(0, existing.Length).Select(c => rows.Select(r => r[c]).ToArray())];
        int[] varying = [.. Enumerable.Range(0, existing.Length).Where(c => columns[c].Any(v => v != 0))];
        if (varying.Length == 0)
            throw new ArgumentException("No radiomic feature exists and varies in the training cases.", nameof(training));
        int[] uncorrelated = [.. CorrelationFilter.Keep([.. varying.Select(c => columns[c])], label, settings.LargestCorrelation).Select(k => varying[k])];
        int[] chosen = settings.Selection == FeatureSelection.Mrmr
            ? [.. MinimalRedundancy.Choose([.. uncorrelated.Select(c => columns[c])], label, settings.MostFeatures).Select(k => uncorrelated[k])]
            : [.. Lasso(cases, training, rows, progression, uncorrelated, seed).Select(k => uncorrelated[k])];
        double[][] selected = [.. rows.Select(r => chosen.Select(c => r[c]).ToArray())];
        RadiomicsSelection selection = new(
            [.. chosen.Select(c => table.Names[existing[c]])],
            [.. chosen.Select(c => existing[c])],
            [.. chosen.Select(c => scaling.Means[c])],
            [.. chosen.Select(c => scaling.Deviations[c])]);
        return settings.Learner == RadiomicsLearner.LightGbm
            ? new TrainedRadiomics(table, selection, null, BoostedTrees.Fit(selected, progression, common.ClassWeights, seed))
            : new TrainedRadiomics(table, selection, LogisticRegression.Fit(selected, progression, common.Ridge, common.ClassWeights), null);
    }

    private int[] Lasso(LesionCases cases, IReadOnlyList<int> training, double[][] rows, bool[] progression, int[] columns, int seed)
    {
        string[] patients = [.. training.Select(n => cases.Entries[n].Patient)];
        int necroses = patients.Where((_, n) => !progression[n]).Distinct().Count(), progressions = patients.Where((_, n) => progression[n]).Distinct().Count();
        int folds = Math.Min(InnerFolds, Math.Min(necroses, progressions));
        if (folds < 2)
            throw new ArgumentException("The LASSO's inner cross-validation needs two patients of each class.", nameof(training));
        return LassoSelection.Choose(
            [.. rows.Select(r => columns.Select(c => r[c]).ToArray())], progression, PatientFolds.Assign(patients, progression, folds, seed), settings.MostFeatures);
    }
}
