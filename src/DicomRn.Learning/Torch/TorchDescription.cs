namespace DicomRn.Learning.Torch;

/// <summary>What computes tensors in this process.</summary>
/// <param name="TorchSharpVersion">The version of TorchSharp.</param>
/// <param name="LibTorchVersion">The version of libtorch that TorchSharp was built for.</param>
/// <param name="LibTorchDirectory">The folder of the external libtorch; null for the packaged one.</param>
/// <param name="Device"><c>cpu</c>, or <c>cuda (n)</c> with the number of devices.</param>
/// <param name="Threads">Threads per tensor operation on the CPU.</param>
public sealed record TorchDescription(
    string TorchSharpVersion, string LibTorchVersion, string? LibTorchDirectory, string Device, int Threads);
