using CsCheck;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Statistics;

public sealed class CalibrationMeasuresTests
{
    [Fact]
    public void Probabilities_that_come_true_are_calibrated()
    {
        // Of 10 cases at 0.2 two, of 10 at 0.5 five and of 10 at 0.8 eight are positive.
        double[] probabilities = [.. Enumerable.Repeat(0.2, 10), .. Enumerable.Repeat(0.5, 10), .. Enumerable.Repeat(0.8, 10)];
        bool[] positive = [.. Enumerable.Range(0, 30).Select(n => n % 10 < new[] { 2, 5, 8 }[n / 10])];
        CalibrationMeasures measures = CalibrationMeasures.Of(probabilities, positive);
        Assert.Equal(1, measures.Slope, 8);
        Assert.Equal(0, measures.Intercept, 8);
        Assert.Equal(0, measures.ExpectedCalibrationError, 12);
        Assert.Equal(((2 * 0.16) + 0.25) / 3, measures.Brier, 12);
        Assert.Equal([10, 10, 10], measures.Bins.Select(bin => bin.Cases));
    }

    [Fact]
    public void Probabilities_that_are_too_extreme_have_a_slope_below_1_and_shifted_ones_an_intercept()
    {
        bool[] positive = [.. Enumerable.Range(0, 30).Select(n => n % 10 < new[] { 2, 5, 8 }[n / 10])];
        double[] logits = [.. Enumerable.Range(0, 30).Select(n => new[] { Math.Log(0.25), 0, Math.Log(4) }[n / 10])];
        Assert.Equal(0.5, CalibrationMeasures.Of([.. logits.Select(x => Sigmoid(2 * x))], positive).Slope, 8);
        Assert.Equal(-0.7, CalibrationMeasures.Of([.. logits.Select(x => Sigmoid(x + 0.7))], positive).Intercept, 8);
    }

    [Fact]
    public void Slope_solves_the_likelihood_equations_or_is_none()
    {
        Gen<(double Probability, bool Positive)[]> cases = Gen.Select(Gen.Double[0.01, 0.99], Gen.Bool).Array[4, 60]
            .Where(c => c.Any(x => x.Item2) && c.Any(x => !x.Item2));
        cases.Sample(c =>
        {
            double[] x = [.. c.Select(v => Math.Log(v.Probability / (1 - v.Probability)))];
            double slope = CalibrationMeasures.Of([.. c.Select(v => v.Probability)], [.. c.Select(v => v.Positive)]).Slope;
            if (double.IsNaN(slope))
            {
                Assert.True(IsSeparated(x, [.. c.Select(v => v.Positive)]), "no slope where the classes overlap");
                return;
            }

            // The intercept that belongs to the slope, by bisection; then the derivative along the slope must vanish too.
            double low = -1000, high = 1000;
            for (int step = 0; step < 200; step++)
            {
                double middle = (low + high) / 2;
                if (c.Select((v, n) => (v.Positive ? 1 : 0) - Sigmoid(middle + (slope * x[n]))).Sum() > 0)
                    low = middle;
                else
                    high = middle;
            }

            Assert.Equal(0, c.Select((v, n) => ((v.Positive ? 1 : 0) - Sigmoid(low + (slope * x[n]))) * x[n]).Sum(), 4);
        });
    }

    [Fact]
    public void Separated_classes_have_no_slope() =>
        Assert.Equal(double.NaN, CalibrationMeasures.Of([0.1, 0.2, 0.8, 0.9], [false, false, true, true]).Slope);

    [Fact]
    public void What_is_no_probability_is_refused() =>
        Assert.Throws<ArgumentException>(() => CalibrationMeasures.Of([0.1, 1.2], [false, true]));

    private static bool IsSeparated(double[] x, bool[] positive)
    {
        double[] ups = [.. x.Where((_, n) => positive[n])], downs = [.. x.Where((_, n) => !positive[n])];
        return ups.Min() >= downs.Max() || ups.Max() <= downs.Min();
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
