namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>A QCD or QCC segment (T.800 A.6.4): the step sizes of the subbands.</summary>
internal sealed class Quantization
{
    private readonly int[] _exponents;
    private readonly int[] _mantissas;
    private readonly bool _derived;
    private readonly int _guardBits;

    private Quantization(int guardBits, bool derived, int[] exponents, int[] mantissas)
    {
        _guardBits = guardBits;
        _derived = derived;
        _exponents = exponents;
        _mantissas = mantissas;
    }

    /// <summary>Reads Sqcd and SPqcd, to the end of the segment.</summary>
    public static Quantization Read(ref CodestreamReader reader)
    {
        int style = reader.ReadByte();
        int kind = style & 0x1F;
        if (kind > 2)
            throw new DicomCodecException($"The JPEG 2000 quantization style {kind} is not of Part 1.");
        int size = kind == 0 ? 1 : 2;
        int count = kind == 1 ? 1 : reader.Remaining / size;
        if (count == 0)
            throw new DicomCodecException("The JPEG 2000 header has no quantization step.");
        int[] exponents = new int[count], mantissas = new int[count];
        for (int i = 0; i < count; i++)
        {
            int step = kind == 0 ? reader.ReadByte() << 8 : reader.ReadUInt16();
            exponents[i] = step >> 11;
            mantissas[i] = step & 0x7FF;
        }

        return new Quantization(style >> 5, kind == 1, exponents, mantissas);
    }

    /// <summary>
    /// Exponent and mantissa of a subband's step (T.800 E.1.1), and its magnitude bit-planes Mb (Equation E-2).
    /// </summary>
    /// <param name="resolution">The subband's resolution, 0 for LL.</param>
    /// <param name="subband">The subband's place: 0 for LL, then 3r − 2, 3r − 1, 3r for HL, LH, HH of resolution r.</param>
    public (int Exponent, int Mantissa, int BitPlanes) Step(int resolution, int subband)
    {
        if (!_derived && subband >= _exponents.Length)
            throw new DicomCodecException("The JPEG 2000 header has fewer quantization steps than subbands.");
        int exponent = _derived ? _exponents[0] - Math.Max(0, resolution - 1) : _exponents[subband];
        int mantissa = _mantissas[_derived ? 0 : subband];
        return (exponent, mantissa, Math.Max(0, _guardBits + exponent - 1));
    }
}
