using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>What an objective says of a batch, each a single value.</summary>
/// <param name="Total">What is made smaller.</param>
/// <param name="Reconstruction">Its part about voxels, or null where there is none.</param>
/// <param name="Contrast">Its part about embeddings.</param>
internal readonly record struct PretrainingLoss(Tensor Total, Tensor? Reconstruction, Tensor Contrast);
