namespace DicomRn.Fuzzing;

/// <summary>What an execution may allocate: <paramref name="Factor"/> bytes for each byte of input, and a constant.</summary>
/// <param name="Factor">Bytes for each byte of input.</param>
/// <param name="Constant">Bytes besides.</param>
internal readonly record struct MemoryBound(int Factor, long Constant)
{
    public long For(int inputLength) => ((long)Factor * inputLength) + Constant;
}
