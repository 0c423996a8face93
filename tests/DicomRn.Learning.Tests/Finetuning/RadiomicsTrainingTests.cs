using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Radiomics;
using DicomRn.Learning.Statistics;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class RadiomicsTrainingTests
{
    private static readonly FinetuningSettings Common = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FeatureSelection.Lasso, RadiomicsLearner.LogisticRegression)]
    [InlineData(FeatureSelection.Mrmr, RadiomicsLearner.LogisticRegression)]
    [InlineData(FeatureSelection.Mrmr, RadiomicsLearner.LightGbm)]
    public void Brightness_of_the_lesion_is_found_among_the_features(FeatureSelection selection, RadiomicsLearner learner)
    {
        using TemporaryFolder folder = new();
        LesionCases cases = MadeUpCases.Make(60, inImage: true, inMonths: false);
        RadiomicsClassifierSettings settings = new() { Profile = RadiomicsProfile.PyRadiomics, Selection = selection, Learner = learner, MostFeatures = 5 };
        RadiomicsTable table = RadiomicsTable.Compute(cases.Crops, 1, settings.Extraction(), folder["features.csv"], null, Cancel);
        Assert.True(table.Names.Count > 80, $"{table.Names.Count}");
        int[] tests = [.. cases.Of(CohortSplit.HeldOut), .. cases.Of(CohortSplit.External)];
        using ITrainedClassifier trained = new RadiomicsTraining(table, settings, Common).Train(cases, cases.Of(CohortSplit.Development), 1, null, Cancel);
        Assert.InRange(((TrainedRadiomics)trained).Features.Count, 1, 5);
        Assert.True(RocAuc.DeLong(trained.Logits(cases, tests, Cancel), [.. tests.Select(n => cases.Progression[n])]).Auc > 0.95);
    }

    [Fact]
    public void Cases_outside_the_training_change_nothing()
    {
        LesionCases cases = MadeUpCases.Make(60, false, false);
        Random random = new(4);
        double[][] rows = [.. Enumerable.Range(0, 60).Select(n => Enumerable.Range(0, 40).Select(_ => random.NextDouble() + (cases.Progression[n] ? 0.1 : 0)).ToArray())];
        string[] names = [.. Enumerable.Range(0, 40).Select(n => $"f{n}")];
        int[] development = cases.Of(CohortSplit.Development);
        double[][] others = [.. rows.Select((r, n) => n < development.Length ? r : r.Select(v => 1000 * v).ToArray())];
        double[] Logits(double[][] values)
        {
            RadiomicsTable table = new(names, values);
            using ITrainedClassifier trained = new RadiomicsTraining(table, new RadiomicsClassifierSettings(), Common).Train(cases, development, 1, null, Cancel);
            return trained.Logits(cases, development, Cancel);
        }

        Assert.Equal(Logits(rows), Logits(others));
    }

    [Fact]
    public void Features_are_read_again_as_they_were_written()
    {
        using TemporaryFolder folder = new();
        LesionCases cases = MadeUpCases.Make(4, true, false);
        RadiomicsSettings settings = new RadiomicsClassifierSettings().Extraction();
        RadiomicsTable written = RadiomicsTable.Compute(cases.Crops, 1, settings, folder["features.csv"], null, Cancel);
        RadiomicsTable read = RadiomicsTable.Compute(cases.Crops, 1, settings, folder["features.csv"], null, Cancel);
        Assert.Equal(written.Names, read.Names);
        Assert.Equal(written.Rows, read.Rows);
        Assert.Contains("stat_mean", written.Names);
    }
}
