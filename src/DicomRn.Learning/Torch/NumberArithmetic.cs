using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Torch;

/// <summary>
/// Tensors and numbers. TorchSharp's operators and implicit conversions hand a scalar to libtorch that nothing keeps alive: when garbage is
/// collected during the call, libtorch computes with freed memory, or fails with "Unknown scalar type". Here it lives until the call is over.
/// </summary>
internal static class NumberArithmetic
{
    /// <summary>The factor 1 of sums, which is never released.</summary>
    public static Scalar One { get; } = 1.ToScalar();

    /// <summary>tensor × number.</summary>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using Scalar scalar = number.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>tensor ÷ number.</summary>
    public static Tensor Over(this Tensor tensor, double number)
    {
        using Scalar scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>tensor + number.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar scalar = number.ToScalar();
        return tensor.add(scalar, One);
    }

    /// <summary>tensor + tensor. The operator multiplies the second by a scalar 1 of its own.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    /// <summary>Which elements are greater than a number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double number)
    {
        using Scalar scalar = number.ToScalar();
        return tensor.gt(scalar);
    }

    /// <summary>The tensor with a number where the mask is true.</summary>
    public static Tensor Filled(this Tensor tensor, Tensor mask, double number)
    {
        using Scalar scalar = number.ToScalar();
        return tensor.masked_fill(mask, scalar);
    }
}
