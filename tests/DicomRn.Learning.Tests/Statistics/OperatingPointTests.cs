using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Statistics;

public sealed class OperatingPointTests
{
    private static readonly double[] Scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
    private static readonly bool[] Positive = [true, true, false, true, false, true, false, false];

    [Fact]
    public void Sensitivity_is_the_highest_that_the_specificity_allows()
    {
        OperatingPoint point = OperatingPoint.AtSpecificity(0.75, Scores, Positive);
        Assert.Equal((0.6, 0.75, 0.75), (point.Threshold, point.Sensitivity.Value, point.Specificity.Value));
        Assert.Equal(0.5, OperatingPoint.AtSpecificity(1, Scores, Positive).Sensitivity.Value);
    }

    [Fact]
    public void Specificity_is_the_highest_that_the_sensitivity_allows()
    {
        Assert.Equal(0.5, OperatingPoint.AtSensitivity(1, Scores, Positive).Specificity.Value);
        Assert.Equal(1, OperatingPoint.AtSensitivity(0.3, Scores, Positive).Specificity.Value);
        Assert.Equal(1, OperatingPoint.AtSensitivity(0, Scores, Positive).Specificity.Value);
    }

    [Fact]
    public void Predictive_values_follow_from_the_prevalence()
    {
        // Sensitivity 0.9, specificity 0.9 at 1 % prevalence: 0.009 / (0.009 + 0.099) and 0.891 / (0.891 + 0.001).
        OperatingPoint point = new(0.5, Proportion.Wilson(9, 10), Proportion.Wilson(9, 10));
        (double positive, double negative) = point.PredictiveValues(0.01);
        Assert.Equal(0.083333, positive, 6);
        Assert.Equal(0.998879, negative, 6);
    }

    [Theory]
    // Newcombe (1998), table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Proportions_have_the_published_score_interval(int count, int of, double low, double high)
    {
        Proportion proportion = Proportion.Wilson(count, of);
        Assert.Equal(low, proportion.Low, 4);
        Assert.Equal(high, proportion.High, 4);
    }

    [Fact]
    public void Net_benefit_weighs_false_positives_by_the_odds_of_the_threshold()
    {
        DecisionCurve half = Assert.Single(DecisionCurve.Of([0.5], Scores, Positive));
        Assert.Equal((3 / 8.0) - (2 / 8.0), half.Model, 12);
        Assert.Equal(0, half.TreatAll, 12);
        DecisionCurve low = Assert.Single(DecisionCurve.Of([0.1], Scores, Positive));
        Assert.Equal(low.TreatAll, low.Model, 12);
        Assert.Equal(0.5 - (0.5 / 9), low.TreatAll, 12);
        Assert.Throws<ArgumentException>(() => DecisionCurve.Of([1], Scores, Positive));
    }
}
