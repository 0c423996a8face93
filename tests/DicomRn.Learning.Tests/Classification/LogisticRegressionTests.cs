using DicomRn.Learning.Classification;

namespace DicomRn.Learning.Tests.Classification;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void One_yes_no_feature_gives_the_log_odds_ratio()
    {
        // 3 of 10 positive without, 7 of 10 with.
        double[][] features = [.. Enumerable.Range(0, 20).Select(n => new[] { n < 10 ? 0.0 : 1 })];
        bool[] positive = [.. Enumerable.Range(0, 20).Select(n => n < 10 ? n < 3 : n < 17)];
        LogisticRegression fitted = LogisticRegression.Fit(features, positive, 1e-9, classWeights: false);
        Assert.Equal(Math.Log(3.0 / 7), fitted.Intercept, 1e-5);
        Assert.Equal(2 * Math.Log(7.0 / 3), fitted.Coefficients[0], 1e-5);
    }

    [Fact]
    public void Gradient_vanishes_at_the_solution_also_where_features_separate_the_classes()
    {
        Random random = new(3);
        bool[] positive = [.. Enumerable.Range(0, 30).Select(n => n % 3 == 0)];
        double[][] features = [.. positive.Select(p => new[] { (p ? 2.0 : -2) + random.NextDouble(), random.NextDouble() })];
        LogisticRegression fitted = LogisticRegression.Fit(features, positive, 0.1, classWeights: true);
        for (int c = 0; c < 2; c++)
        {
            double gradient = 0.1 * fitted.Coefficients[c];
            for (int n = 0; n < 30; n++)
            {
                double p = 1 / (1 + Math.Exp(-fitted.Logit(features[n])));
                gradient += (positive[n] ? 0.5 / 10 : 0.5 / 20) * (p - (positive[n] ? 1 : 0)) * features[n][c];
            }

            Assert.Equal(0, gradient, 1e-8);
        }
    }
}
