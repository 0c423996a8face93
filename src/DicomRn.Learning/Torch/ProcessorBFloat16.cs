using System.Runtime.Intrinsics.X86;

namespace DicomRn.Learning.Torch;

/// <summary>Whether the processor multiplies in bfloat16 (AVX512-BF16 or AMX-BF16). With the former products took a quarter of the time that they take in 32 bits.</summary>
internal static class ProcessorBFloat16
{
    /// <summary>By what the processor says of itself (CPUID, leaf 7).</summary>
    public static bool IsFast { get; } = Detect();

    private static bool Detect()
    {
        if (!X86Base.IsSupported || !Avx512BW.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
            return false;
        (int subleaves, _, _, int features) = X86Base.CpuId(7, 0);
        bool amx = (features & (1 << 22)) != 0, avx512 = subleaves >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;
        return amx || avx512;
    }
}
