namespace DicomRn.Learning.Training;

/// <summary>The precision of activations and products in training; weights, gradients and losses are 32-bit floats in any case.</summary>
public enum TrainingPrecision
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>bfloat16: for a GPU, or a processor (AVX512-BF16, AMX), that multiplies in it.</summary>
    BFloat16,
}
