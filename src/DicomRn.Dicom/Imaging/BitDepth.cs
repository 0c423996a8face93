namespace DicomRn.Dicom.Imaging;

/// <summary>How the bits of a sample lie in its cell (PS3.5 8.1.1).</summary>
public sealed class BitDepth
{
    /// <summary>A bit depth.</summary>
    public BitDepth(int allocated, int stored, int highBit, bool signed)
    {
        BitsAllocated = allocated;
        BitsStored = stored;
        HighBit = highBit;
        IsSigned = signed;
    }

    /// <summary>Bits of the cell.</summary>
    public int BitsAllocated { get; }

    /// <summary>Bits of the sample.</summary>
    public int BitsStored { get; }

    /// <summary>The most significant bit of the sample within the cell.</summary>
    public int HighBit { get; }

    /// <summary>Whether samples are signed.</summary>
    public bool IsSigned { get; }

    /// <summary>The largest value of a number of bits.</summary>
    public static int GetMaximumValue(int bitsStored, bool isSigned) =>
        isSigned ? (1 << (bitsStored - 1)) - 1 : (int)((1L << bitsStored) - 1);

    /// <summary>The smallest value of a number of bits.</summary>
    public static int GetMinimumValue(int bitsStored, bool isSigned) => isSigned ? -(1 << (bitsStored - 1)) : 0;
}
