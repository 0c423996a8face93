namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Writes JPEG codestreams piece by piece, with Huffman tables in which every symbol has a code of the same length.</summary>
internal sealed class JpegWriter
{
    private readonly List<byte> _bytes = [0xFF, 0xD8];
    private readonly int _codeLength;
    private int _bits;
    private int _count;

    public JpegWriter(int codeLength) => _codeLength = codeLength;

    public byte[] ToArray() => [.. _bytes];

    public void Segment(byte marker, params byte[] body) =>
        _bytes.AddRange([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);

    /// <summary>A table of the symbols 0 to <paramref name="symbols"/> − 1; kind 0 is DC and lossless, 1 is AC.</summary>
    public void HuffmanTable(int kind, int symbols)
    {
        byte[] counts = new byte[16];

        // A length holds at most 255 symbols in its count; the last goes to the next length.
        counts[_codeLength - 1] = (byte)Math.Min(symbols, 255);
        if (symbols > 255)
            counts[_codeLength] = (byte)(symbols - 255);
        Segment(0xC4, [(byte)(kind << 4), .. counts, .. Enumerable.Range(0, symbols).Select(i => (byte)i)]);
    }

    public void Frame(byte process, int precision, int rows, int columns, params (int Horizontal, int Vertical)[] sampling) =>
        Segment(process, [
            (byte)precision, (byte)(rows >> 8), (byte)rows, (byte)(columns >> 8), (byte)columns, (byte)sampling.Length,
            .. sampling.SelectMany((s, i) => new byte[] { (byte)(i + 1), (byte)((s.Horizontal << 4) | s.Vertical), 0 }),
        ]);

    public void Scan(int components, int selection, int end, int pointTransform) =>
        Segment(0xDA, [
            (byte)components, .. Enumerable.Range(1, components).SelectMany(i => new byte[] { (byte)i, 0 }),
            (byte)selection, (byte)end, (byte)pointTransform,
        ]);

    public void Symbol(int symbol)
    {
        if (symbol < 255)
            Bits(symbol, _codeLength);
        else
            Bits(2 * 255, _codeLength + 1);
    }

    /// <summary>The further bits of a difference of <paramref name="size"/> bits.</summary>
    public void Difference(int value, int size) => Bits(value > 0 ? value : value + (1 << size) - 1, size);

    public static int SizeOf(int difference)
    {
        int size = 0;
        for (int rest = Math.Abs(difference); rest > 0; rest >>= 1)
            size++;
        return size;
    }

    /// <summary>Fills the last byte with ones and writes a marker.</summary>
    public void Marker(byte marker)
    {
        while (_count > 0)
            Bits(1, 1);
        _bytes.AddRange([0xFF, marker]);
    }

    private void Bits(int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _bits = (_bits << 1) | ((value >> i) & 1);
            if (++_count < 8)
                continue;
            _bytes.Add((byte)_bits);
            if ((byte)_bits == 0xFF)
                _bytes.Add(0);
            _bits = 0;
            _count = 0;
        }
    }
}
