namespace DicomRn.Learning.Inference;

/// <summary>Where a model computes.</summary>
public enum ComputeDevice
{
    /// <summary>CUDA where libtorch has it and a device is there, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA; an error where there is none.</summary>
    Cuda,
}
