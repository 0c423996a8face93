namespace DicomRn.Learning.Inference;

/// <summary>How models compute in this process.</summary>
public sealed record InferenceSettings
{
    /// <summary>Where to compute.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>CPU threads per tensor operation; 0 for one per core that the process may use.</summary>
    public int Threads { get; init; }

    /// <summary>The folder of an existing libtorch; null for the packaged one.</summary>
    public string? LibTorchDirectory { get; init; }
}
