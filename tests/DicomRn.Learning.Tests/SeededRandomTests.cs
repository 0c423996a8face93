namespace DicomRn.Learning.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void Nearly_normal_numbers_have_the_moments_of_four_uniform_draws()
    {
        SeededRandom random = new(3);
        double[] drawn = [.. Enumerable.Range(0, 400_000).Select(_ => (double)random.NearlyNormal())];

        double mean = drawn.Average(), variance = drawn.Average(v => (v - mean) * (v - mean));
        Assert.Equal(0, mean, 0.01);
        Assert.Equal(1, variance, 0.01);
        Assert.Equal(0, drawn.Average(v => v * v * v), 0.02);
        // 3 − 6/5/4
        Assert.Equal(2.7, drawn.Average(v => Math.Pow(v, 4)) / (variance * variance), 0.03);
    }

    [Fact]
    public void One_number_says_nothing_of_the_next()
    {
        SeededRandom random = new(4);
        double[] drawn = [.. Enumerable.Range(0, 200_001).Select(_ => (double)random.NearlyNormal())];

        Assert.Equal(0, drawn.Zip(drawn.Skip(1), (a, b) => a * b).Average(), 0.01);
    }
}
