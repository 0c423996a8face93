using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Statistics;

public sealed class RocComparisonTests
{
    [Fact]
    public void Areas_of_the_worked_example_have_their_standard_errors()
    {
        Check(OvarianCancer.Albumin, 0.7366, 0.0927);
        Check(OvarianCancer.KrebsGoplerud, 0.7258, 0.1028);
        Check(OvarianCancer.TotalProtein, 0.6478, 0.1000);

        static void Check(double[] scores, double area, double error)
        {
            RocAuc auc = RocAuc.DeLong(scores, OvarianCancer.Benefit);
            Assert.Equal(area, auc.Auc, 4);
            Assert.Equal(error, auc.StandardError, 4);
        }
    }

    [Fact]
    public void Differences_of_the_worked_example_have_their_p_values()
    {
        RocComparison protein = RocComparison.DeLong(OvarianCancer.TotalProtein, OvarianCancer.KrebsGoplerud, OvarianCancer.Benefit);
        Assert.Equal(-0.0780, protein.Difference, 4);
        Assert.Equal(0.1046, protein.StandardError, 4);
        Assert.Equal(0.4561, protein.P, 4);
        RocComparison albumin = RocComparison.DeLong(OvarianCancer.Albumin, OvarianCancer.KrebsGoplerud, OvarianCancer.Benefit);
        Assert.Equal(0.0108, albumin.Difference, 4);
        Assert.Equal(0.0953, albumin.StandardError, 4);
        Assert.Equal(0.9102, albumin.P, 4);
        Assert.Equal(albumin.Difference - (1.959964 * albumin.StandardError), albumin.Low, 6);
    }

    [Fact]
    public void Scores_that_order_the_cases_alike_do_not_differ()
    {
        double[] cubed = [.. OvarianCancer.Albumin.Select(v => v * v * v)];
        RocComparison same = RocComparison.DeLong(OvarianCancer.Albumin, cubed, OvarianCancer.Benefit);
        Assert.Equal((0, 0, 1), (same.Difference, same.StandardError, same.P));
    }
}
