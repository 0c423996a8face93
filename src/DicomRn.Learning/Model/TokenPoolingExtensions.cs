using static TorchSharp.torch;

namespace DicomRn.Learning.Model;

/// <summary>Pools tokens.</summary>
internal static class TokenPoolingExtensions
{
    /// <summary>[B, 1 + patches, hidden], the class token first, to [B, hidden].</summary>
    public static Tensor Pool(this TokenPooling pooling, Tensor tokens) => pooling == TokenPooling.ClassToken
        ? tokens[TensorIndex.Colon, 0]
        : tokens.slice(1, 1, tokens.shape[1], 1).mean([1]);
}
