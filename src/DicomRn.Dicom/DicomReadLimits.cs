namespace DicomRn.Dicom;

/// <summary>Bounds on what a data set from outside may demand of this machine. A file beyond one of them is refused.</summary>
public sealed class DicomReadLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static DicomReadLimits Default { get; set; } = new();

    /// <summary>How deep sequences may lie in one another; 64. Real objects need fewer than 10.</summary>
    public int MaximumSequenceDepth { get; init; } = 64;

    /// <summary>How many bytes a deflated data set may become; 2 GiB.</summary>
    public long MaximumInflatedSize { get; init; } = 2L << 30;

    /// <summary>How many bytes a value may have that is read into memory at once; 2 GiB less 64 bytes.</summary>
    public long MaximumValueInMemory { get; init; } = Array.MaxLength;
}
