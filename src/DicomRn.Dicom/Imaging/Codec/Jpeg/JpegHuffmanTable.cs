namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>A Huffman table (T.81 Annex C, F.2.2.3): short codes by a look-up, long ones by length.</summary>
internal sealed class JpegHuffmanTable
{
    private const int LookupBits = 9;
    private const int LongestCode = 16;

    // Code length in the high byte, symbol in the low one; 0 where the code is longer than the look-up.
    private readonly ushort[] _lookup = new ushort[1 << LookupBits];

    // Of each length: one more than the last code, at 16 bits, and what turns a code into the index of its symbol.
    private readonly int[] _end = new int[LongestCode + 1];
    private readonly int[] _index = new int[LongestCode + 1];
    private readonly byte[] _symbols;

    /// <param name="counts">Number of codes of each length, 1 to 16.</param>
    /// <param name="symbols">The symbols in ascending order of code.</param>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, next = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            int count = counts[length - 1];
            if (code + count > 1 << length)
                throw new DicomCodecException($"A JPEG Huffman table has more codes of {length} bits than there can be.");
            _index[length] = next - code;
            for (int i = 0; i < count && length <= LookupBits; i++)
            {
                int first = (code + i) << (LookupBits - length);
                ushort entry = (ushort)((length << 8) | symbols[next + i]);
                _lookup.AsSpan(first, 1 << (LookupBits - length)).Fill(entry);
            }

            code += count;
            next += count;
            _end[length] = code << (LongestCode - length);
            code <<= 1;
        }
    }

    /// <summary>The next symbol.</summary>
    /// <exception cref="DicomCodecException">The bits are no code, or the data ends.</exception>
    public int Decode(ref JpegBits bits)
    {
        int ahead = bits.Peek(LongestCode);
        int entry = _lookup[ahead >> (LongestCode - LookupBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }

        for (int length = LookupBits + 1; length <= LongestCode; length++)
        {
            if (ahead < _end[length])
            {
                bits.Skip(length);
                return _symbols[_index[length] + (ahead >> (LongestCode - length))];
            }
        }

        throw new DicomCodecException("JPEG data has bits that are no Huffman code.");
    }
}
