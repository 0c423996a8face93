using DicomRn.Learning.Finetuning;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class LogitCalibrationTests
{
    // Outcomes drawn with the odds exp(z): a low-discrepancy sequence instead of chance.
    private static readonly double[] Logits = [.. Enumerable.Range(0, 4000).Select(n => -4 + 8 * n / 3999.0)];
    private static readonly bool[] Outcomes = [.. Logits.Select((z, n) => n * 0.6180339887 % 1 < 1 / (1 + Math.Exp(-z)))];

    [Fact]
    public void Temperature_undoes_a_scaling()
    {
        LogitCalibration fitted = LogitCalibration.Fit(CalibrationKind.Temperature, [.. Logits.Select(z => 3 * z)], Outcomes, balanced: false);
        Assert.Equal(1 / 3.0, fitted.Slope, 0.02);
        Assert.Equal(0, fitted.Intercept);
    }

    [Fact]
    public void Platt_undoes_scaling_and_offset()
    {
        LogitCalibration fitted = LogitCalibration.Fit(CalibrationKind.Platt, [.. Logits.Select(z => (z - 1) / 2)], Outcomes, balanced: false);
        Assert.Equal(2, fitted.Slope, 0.1);
        Assert.Equal(1, fitted.Intercept, 0.1);
    }

    [Fact]
    public void Logits_of_a_balanced_training_get_the_odds_of_the_classes_back()
    {
        // Of the negatives, only every fourth is kept: the odds are four times as high; a balanced training says so of none.
        int[] kept = [.. Enumerable.Range(0, Logits.Length).Where(n => Outcomes[n] || n % 4 == 0)];
        double[] logits = [.. kept.Select(n => Logits[n])];
        bool[] outcomes = [.. kept.Select(n => Outcomes[n])];
        LogitCalibration fitted = LogitCalibration.Fit(CalibrationKind.Temperature, logits, outcomes, balanced: true);
        Assert.Equal(Math.Log(4), fitted.Intercept, 0.05);
        Assert.Equal(outcomes.Count(o => o), logits.Sum(fitted.Probability), 0.02 * outcomes.Length);
    }
}
