using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Statistics;

public sealed class ClusteredBootstrapTests
{
    [Fact]
    public void Interval_of_a_mean_is_as_wide_as_theory_has_it()
    {
        Random random = new(5);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        ClusteredBootstrap interval = ClusteredBootstrap.Interval(
            [.. values.Select((_, n) => $"P{n}")], drawn => drawn.Average(n => values[n]), draws: 4000);
        double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / 400 / 400);
        Assert.Equal(mean - (1.96 * error), interval.Low, error * 0.15);
        Assert.Equal(mean + (1.96 * error), interval.High, error * 0.15);
        Assert.Equal((4000, 0), (interval.Draws, interval.Undefined));
    }

    [Fact]
    public void Lesions_of_one_patient_are_drawn_together()
    {
        // Ten equal lesions per patient tell no more than one: an interval that took them for independent would be a third as wide.
        Random random = new(6);
        double[] ofPatient = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())];
        double Width(int lesions)
        {
            ClusteredBootstrap interval = ClusteredBootstrap.Interval(
                [.. Enumerable.Range(0, 50 * lesions).Select(n => $"P{n / lesions}")], drawn => drawn.Average(n => ofPatient[n / lesions]));
            return interval.High - interval.Low;
        }

        Assert.Equal(Width(1), Width(10), 12);
    }

    [Fact]
    public void Draws_without_a_class_are_counted_apart_and_the_seed_decides()
    {
        bool[] positive = [true, false, false];
        ClusteredBootstrap Run(int seed) => ClusteredBootstrap.Interval(
            ["A", "B", "C"],
            drawn => drawn.Any(n => positive[n]) && drawn.Any(n => !positive[n]) ? drawn.Count(n => positive[n]) / 3.0 : double.NaN,
            draws: 500,
            seed);
        ClusteredBootstrap interval = Run(3);
        // (2/3)³ + (1/3)³ of the draws lack a class.
        Assert.InRange(interval.Undefined, 120, 215);
        Assert.Equal(500, interval.Draws + interval.Undefined);
        Assert.Equal(interval, Run(3));
        Assert.NotEqual(interval, Run(4));
    }

    [Fact]
    public void One_patient_is_refused() =>
        Assert.Throws<ArgumentException>(() => ClusteredBootstrap.Interval(["A", "A"], _ => 0));
}
