using DicomRn.Learning.Classification;

namespace DicomRn.Learning.Tests.Classification;

public sealed class FeatureChoiceTests
{
    private const int Cases = 120;
    private static readonly bool[] Positive = [.. Enumerable.Range(0, Cases).Select(n => n % 3 == 0)];
    private static readonly double[] Label = [.. Positive.Select(p => p ? 1.0 : 0)];

    // 0: tells the class; 1: the same with a little noise; 2: tells it too, on its own; 3 to 9: noise.
    private static readonly double[][] Rows = Make();
    private static readonly double[][] Columns = [.. Enumerable.Range(0, 10).Select(c => Rows.Select(r => r[c]).ToArray())];

    [Fact]
    public void Of_correlated_features_the_one_nearer_to_the_label_stays()
    {
        int[] kept = CorrelationFilter.Keep(Columns, Label, 0.9);
        Assert.Single(kept.Intersect([0, 1]));
        Assert.Equal(9, kept.Length);
        Assert.Equal(
            Enumerable.Range(0, 2).MaxBy(c => Math.Abs(Correlation.Of(Columns[c], Label))),
            kept.Intersect([0, 1]).Single());
        Assert.Equal(10, CorrelationFilter.Keep(Columns, Label, 1).Length);
    }

    [Fact]
    public void Minimal_redundancy_takes_the_second_kind_of_information_before_the_copy_of_the_first()
    {
        int[] chosen = MinimalRedundancy.Choose(Columns, Label, 2);
        Assert.Contains(chosen, c => c is 0 or 1);
        Assert.Contains(2, chosen);
    }

    [Fact]
    public void Lasso_meets_its_conditions_at_every_penalty()
    {
        LassoPath path = new(Rows, Positive);
        Assert.All(path.Fit(path.LargestPenalty * 1.0001).Coefficients, b => Assert.Equal(0, b));
        foreach (double penalty in path.Penalties(8, 0.05))
        {
            LogisticRegression fitted = path.Fit(penalty);
            double[] residual = [.. Rows.Select((r, n) => 0.5 / (Positive[n] ? 40 : 80) * (1 / (1 + Math.Exp(-fitted.Logit(r))) - Label[n]))];
            Assert.Equal(0, residual.Sum(), 1e-4);
            for (int c = 0; c < 10; c++)
            {
                double gradient = Rows.Select((r, n) => residual[n] * r[c]).Sum();
                if (fitted.Coefficients[c] == 0)
                    Assert.True(Math.Abs(gradient) <= penalty + 1e-4, $"{gradient} {penalty}");
                else
                    Assert.Equal(-Math.Sign(fitted.Coefficients[c]) * penalty, gradient, 1e-4);
            }
        }
    }

    [Fact]
    public void Lasso_chooses_what_tells_the_class()
    {
        int[] folds = [.. Enumerable.Range(0, Cases).Select(n => n / 3 % 5)];
        int[] chosen = LassoSelection.Choose(Rows, Positive, folds, 4);
        Assert.Contains(chosen, c => c is 0 or 1);
        Assert.Contains(2, chosen);
        Assert.True(chosen.Length <= 4);
    }

    [Fact]
    public void Trees_learn_an_exclusive_or_and_are_deterministic()
    {
        Random random = new(8);
        double[][] rows = [.. Enumerable.Range(0, 400).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 })];
        bool[] positive = [.. rows.Select(r => (r[0] > 0) != (r[1] > 0))];
        double[] logits = BoostedTrees.Fit(rows[..300], positive[..300], true, 1).Logits(rows[300..]);
        Assert.True(logits.Where((z, n) => z > 0 == positive[300 + n]).Count() > 85);
        Assert.Equal(logits, BoostedTrees.Fit(rows[..300], positive[..300], true, 1).Logits(rows[300..]));
    }

    private static double[][] Make()
    {
        Random random = new(2);
        double[][] rows = new double[Cases][];
        for (int n = 0; n < Cases; n++)
        {
            rows[n] = [.. Enumerable.Range(0, 10).Select(_ => 2 * random.NextDouble() - 1)];
            rows[n][0] += Positive[n] ? 1 : 0;
            rows[n][1] = rows[n][0] + 0.1 * rows[n][1];
            rows[n][2] += Positive[n] ? 1 : 0;
        }

        return [.. rows.Select(r => FeatureScaling.Fit(rows).Apply(r))];
    }
}
