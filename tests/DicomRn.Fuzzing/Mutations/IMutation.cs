namespace DicomRn.Fuzzing.Mutations;

/// <summary>One way to change an input.</summary>
internal interface IMutation
{
    /// <summary>A changed copy; the input itself where it has nothing to change.</summary>
    byte[] Apply(byte[] input, Random random);
}
