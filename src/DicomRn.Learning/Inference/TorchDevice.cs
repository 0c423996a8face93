using DicomRn.Learning.Torch;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>The device of a setting.</summary>
internal static class TorchDevice
{
    /// <exception cref="TorchUnavailableException">CUDA is asked for and not there.</exception>
    public static Device Choose(ComputeDevice device)
    {
        TorchRuntime.Initialize();
        bool cuda = device != ComputeDevice.Cpu && cuda_is_available();
        if (device == ComputeDevice.Cuda && !cuda)
            throw new TorchUnavailableException("CUDA is asked for, but this libtorch has none or finds no device.");
        return cuda ? CUDA : CPU;
    }
}
