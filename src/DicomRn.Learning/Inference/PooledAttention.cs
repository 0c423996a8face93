using DicomRn.Learning.Model;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>The attention of one image, and whose attention counts: that of the tokens that stand for the image.</summary>
/// <param name="Layers">Of each layer, [1, heads, tokens, tokens], from the token that attends to the one that is attended to.</param>
/// <param name="Shares">How much each token counts in what stands for the image, [tokens], with the sum 1.</param>
/// <param name="Configuration">The transformer's sizes.</param>
internal sealed record PooledAttention(IReadOnlyList<Tensor> Layers, Tensor Shares, VitConfiguration Configuration);
