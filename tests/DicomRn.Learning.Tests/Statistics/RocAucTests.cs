using CsCheck;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Statistics;

public sealed class RocAucTests
{
    [Fact]
    public void Area_and_standard_error_equal_those_computed_by_hand()
    {
        // Positives 3, 5, 6 and negatives 1, 3, 4, 2. Placements of the positives: 0.625, 1, 1; of the negatives: 1, 5/6, 2/3, 1.
        // AUC 0.875; variances 0.046875 and 0.0254630; squared error 0.046875 / 3 + 0.0254630 / 4 = 0.0219907.
        RocAuc auc = RocAuc.DeLong([3, 5, 6, 1, 3, 4, 2], [true, true, true, false, false, false, false]);
        Assert.Equal(0.875, auc.Auc, 12);
        Assert.Equal(Math.Sqrt(0.0219907407), auc.StandardError, 8);
        Assert.Equal(0.875 - 1.959964 * 0.14829275, auc.Low, 5);
        Assert.Equal(1, auc.High);
        Assert.Equal((3, 4), (auc.Positives, auc.Negatives));
    }

    [Fact]
    public void Area_is_the_share_of_pairs_in_order()
    {
        Gen.Select(Gen.Int[0, 6].Array[2, 20], Gen.Int[0, 6].Array[2, 20]).Sample((cases, controls) =>
        {
            double pairs = cases.Sum(c => controls.Sum(k => c > k ? 1 : c == k ? 0.5 : 0)) / (cases.Length * controls.Length);
            RocAuc auc = RocAuc.DeLong(
                [.. cases.Concat(controls).Select(v => (double)v)],
                [.. cases.Select(_ => true), .. controls.Select(_ => false)]);
            Assert.Equal(pairs, auc.Auc, 10);
        });
    }

    [Fact]
    public void One_class_alone_is_refused() =>
        Assert.Throws<ArgumentException>(() => RocAuc.DeLong([1, 2, 3], [true, true, true]));
}
