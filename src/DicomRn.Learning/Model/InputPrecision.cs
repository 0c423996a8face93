using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>
/// Layers computed in the precision of their input: the weights stay 32-bit floats, are rounded where they are used, and
/// gradients arrive in 32 bits. An input in bfloat16 so gives mixed precision with 32-bit master weights.
/// </summary>
internal static class InputPrecision
{
    public static Tensor Apply(this Linear layer, Tensor x) => x.dtype == layer.weight!.dtype
        ? layer.call(x)
        : nn.functional.linear(x, layer.weight.to(x.dtype), layer.bias?.to(x.dtype));

    public static Tensor Apply(this LayerNorm layer, Tensor x) => x.dtype == layer.weight!.dtype
        ? layer.call(x)
        : nn.functional.layer_norm(x, [x.shape[^1]], layer.weight.to(x.dtype), layer.bias!.to(x.dtype));
}
