using static TorchSharp.torch;

namespace DicomRn.Learning.Weights;

/// <summary>Tensors to and from plain arrays.</summary>
internal static class TensorTransfer
{
    public static StoredTensor Store(Tensor source)
    {
        using var scope = NewDisposeScope();
        Tensor values = source.detach().to(ScalarType.Float32).cpu().contiguous();
        return new StoredTensor([.. source.shape], values.data<float>().ToArray());
    }

    /// <summary>Overwrites a tensor of the same shape, in place.</summary>
    /// <exception cref="InvalidDataException">The shapes differ.</exception>
    public static void Load(StoredTensor source, Tensor target, string name)
    {
        if (!source.Shape.SequenceEqual(target.shape))
        {
            throw new InvalidDataException(
                $"{name} has shape [{string.Join(", ", source.Shape)}] instead of [{string.Join(", ", target.shape)}].");
        }

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        target.copy_(tensor(source.Values, [.. source.Shape], dtype: ScalarType.Float32).to(target.device));
    }
}
