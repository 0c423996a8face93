using DicomRn.Learning.Classification;

namespace DicomRn.Learning.Tests.Classification;

public sealed class CorrelationTests
{
    [Fact]
    public void Ranks_alone_count_and_equal_values_share_theirs()
    {
        Assert.Equal(1, Correlation.OfRanks([1, 2, 30], [0.1, 7, 7.1]), 12);
        Assert.Equal(-1, Correlation.OfRanks([1, 2, 30], [3, 2, 1]), 12);
        // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: Pearson of these is 4.5 / √(4.5 · 5).
        Assert.Equal(4.5 / Math.Sqrt(22.5), Correlation.OfRanks([1, 2, 2, 3], [1, 2, 3, 4]), 12);
        Assert.Equal(0, Correlation.OfRanks([1, 1, 1], [1, 2, 3]));
    }
}
