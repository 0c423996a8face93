using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Pretraining;

public sealed class NtXentTests
{
    public NtXentTests() => TorchRuntime.Initialize();

    [Theory]
    [InlineData(1.0, 0.551444713932051)] // ln(e + 2) - 1
    [InlineData(0.5, 0.239544628764446)] // ln(e² + 2) - 2
    public void Pairs_at_right_angles_give_the_value_by_hand(double temperature, double expected) =>
        Assert.Equal(expected, Loss([1, 0, 0, 1, 1, 0, 0, 1], 2, temperature), 1e-6);

    [Fact]
    public void Swapped_pairs_give_the_value_by_hand() =>
        // The other view is at a right angle, one of the others is the same: ln(e⁰ + e¹ + e⁰) - 0.
        Assert.Equal(Math.Log(2 + Math.E), Loss([1, 0, 0, 1, 0, 1, 1, 0], 2, 1), 1e-6);

    [Fact]
    public void Length_of_a_projection_does_not_count() =>
        Assert.Equal(Loss([1, 0, 0, 1, 1, 0, 0, 1], 2, 1), Loss([7, 0, 0, 0.5f, 3, 0, 0, 2], 2, 1), 1e-6);

    [Fact]
    public void Scans_of_one_lesion_are_not_pushed_apart()
    {
        float[] same = [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1];
        Assert.Equal(Math.Log(Math.E + 2) - 1, Loss(same, 2, 1, [0, 0, 1], rows: 6, only: 0), 1e-6);
        Assert.Equal(0, Loss([1, 0, 0, 1, 1, 0, 0, 1], 2, 1, [5, 5]), 1e-6);
    }

    private static double Loss(float[] values, int length, double temperature, int[]? groups = null, int rows = 4, int? only = null)
    {
        using var scope = NewDisposeScope();
        if (only is null)
            return NtXent.Loss(tensor(values, [rows, length]), temperature, groups).item<float>();
        // The mean over all rows is taken; the two of the first group see one pair of others, the last pair sees four.
        double whole = NtXent.Loss(tensor(values, [rows, length]), temperature, groups).item<float>();
        double ofLast = Math.Log(Math.E + 4) - 1;
        return (6 * whole - 2 * ofLast) / 4;
    }
}
