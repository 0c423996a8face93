namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>Quantization and Huffman tables as they are set between scans (T.81 B.2.4).</summary>
internal sealed class JpegTables
{
    private readonly JpegHuffmanTable?[] _dc = new JpegHuffmanTable?[4];
    private readonly JpegHuffmanTable?[] _ac = new JpegHuffmanTable?[4];
    private readonly ushort[]?[] _quantization = new ushort[4][];

    public JpegHuffmanTable Dc(int number) => Required(number < 4 ? _dc[number] : null, "DC Huffman", number);

    public JpegHuffmanTable Ac(int number) => Required(number < 4 ? _ac[number] : null, "AC Huffman", number);

    public ushort[] Quantization(int number) => Required(_quantization[number], "quantization", number);

    /// <summary>Takes a DQT segment.</summary>
    public void SetQuantization(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            int number = body[0] & 15, bytes = (body[0] >> 4) + 1;
            if (number > 3 || bytes > 2 || body.Length < 1 + (64 * bytes))
                throw new DicomCodecException("A JPEG quantization table is damaged.");
            ushort[] steps = new ushort[64];
            for (int i = 0; i < steps.Length; i++)
                steps[i] = bytes == 1 ? body[1 + i] : (ushort)((body[1 + (2 * i)] << 8) | body[2 + (2 * i)]);
            _quantization[number] = steps;
            body = body[(1 + (64 * bytes))..];
        }
    }

    /// <summary>Takes a DHT segment.</summary>
    public void SetHuffman(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            int kind = body[0] >> 4, number = body[0] & 15, symbols = 0;
            if (kind > 1 || number > 3 || body.Length < 17)
                throw new DicomCodecException("A JPEG Huffman table is damaged.");
            foreach (byte ofLength in body.Slice(1, 16))
                symbols += ofLength;
            if (symbols > 256 || body.Length < 17 + symbols)
                throw new DicomCodecException("A JPEG Huffman table is damaged.");
            JpegHuffmanTable table = new(body.Slice(1, 16), body.Slice(17, symbols));
            (kind == 0 ? _dc : _ac)[number] = table;
            body = body[(17 + symbols)..];
        }
    }

    private static T Required<T>(T? table, string kind, int number)
        where T : class => table ?? throw new DicomCodecException($"There is no JPEG {kind} table {number}.");
}
