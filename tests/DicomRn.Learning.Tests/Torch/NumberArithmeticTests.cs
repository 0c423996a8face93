using DicomRn.Learning.Inference;
using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Tests.Torch;

public sealed class NumberArithmeticTests
{
    [Fact]
    public void Numbers_meet_tensors_as_the_operators_let_them()
    {
        using var scope = NewDisposeScope();
        Tensor t = tensor(new[] { 1f, -2f, 3f });

        Assert.Equal([2.5f, -5f, 7.5f], t.Times(2.5).data<float>().ToArray());
        Assert.Equal([0.5f, -1f, 1.5f], t.Over(2).data<float>().ToArray());
        Assert.Equal([1.5f, -1.5f, 3.5f], t.Plus(0.5).data<float>().ToArray());
        Assert.Equal([2f, -4f, 6f], t.Plus(t).data<float>().ToArray());
        Assert.Equal([false, false, true], t.IsAbove(1).data<bool>().ToArray());
        Assert.Equal([7f, -2f, 7f], t.Filled(t.IsAbove(0), 7).data<float>().ToArray());
    }

    /// <summary>The search finds what it is to find: here are methods that do it.</summary>
    [Fact]
    public void Operators_that_make_a_scalar_of_their_own_are_found()
    {
        IReadOnlyList<string> found = ScalarUse.In(typeof(NumberArithmeticTests).Assembly);

        Assert.Contains(found, f => f.StartsWith($"{nameof(NumberArithmeticTests)}.{nameof(Sum)}(", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith($"{nameof(NumberArithmeticTests)}.{nameof(Product)}(", StringComparison.Ordinal));
    }

    [Fact]
    public void No_method_hands_a_number_to_libtorch_that_nothing_keeps_alive()
    {
        Assert.Equal("", string.Join("\n", ScalarUse.In(typeof(LesionClassifier).Assembly)));
    }

    private static Tensor Sum(Tensor a, Tensor b) => a + b;

    private static Tensor Product(Tensor a) => a * 2.5;
}
