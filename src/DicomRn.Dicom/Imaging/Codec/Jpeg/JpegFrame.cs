namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>The frame header (T.81 B.2.2).</summary>
internal sealed class JpegFrame
{
    private JpegFrame(byte process, int precision, int width, int height, JpegComponent[] components)
    {
        Process = process;
        Precision = precision;
        Width = width;
        Height = height;
        Components = components;
        MaximumHorizontal = components.Max(static c => c.Horizontal);
        MaximumVertical = components.Max(static c => c.Vertical);
        foreach (JpegComponent component in components)
        {
            component.Width = Ceiling(width * component.Horizontal, MaximumHorizontal);
            component.Height = Ceiling(height * component.Vertical, MaximumVertical);
        }
    }

    /// <summary>The SOF marker: baseline, extended or lossless.</summary>
    public byte Process { get; }

    public bool IsLossless => Process == JpegMarker.Lossless;

    /// <summary>Bits of a sample.</summary>
    public int Precision { get; }

    public int Width { get; }

    public int Height { get; }

    public JpegComponent[] Components { get; }

    public int MaximumHorizontal { get; }

    public int MaximumVertical { get; }

    /// <summary>Whether every component has as many samples as the image has pixels.</summary>
    public bool IsFullySampled => Components.All(c => c.Horizontal == MaximumHorizontal && c.Vertical == MaximumVertical);

    /// <param name="process">The SOF marker.</param>
    /// <param name="body">The segment after its length.</param>
    /// <param name="expected">What the data set says.</param>
    /// <exception cref="DicomCodecException">It is damaged, of a process that DICOM does not use, or not what the data set says.</exception>
    public static JpegFrame Parse(byte process, ReadOnlySpan<byte> body, CodestreamShape expected)
    {
        if (process is not (JpegMarker.BaselineDct or JpegMarker.ExtendedSequentialDct or JpegMarker.Lossless))
            throw new DicomCodecException($"JPEG process SOF{process & 15} is not supported; sequential and lossless Huffman coding are.");
        if (body.Length < 6 || body.Length < 6 + (3 * body[5]))
            throw new DicomCodecException("The JPEG frame header is cut off.");
        int precision = body[0], height = (body[1] << 8) | body[2], width = (body[3] << 8) | body[4], count = body[5];

        // Height 0 means that it comes after the first scan (DNL); the data set has it.
        if (height == 0)
            height = expected.Height;
        expected.Require(width, height, count);
        bool possible = process switch
        {
            JpegMarker.BaselineDct => precision == 8,
            JpegMarker.ExtendedSequentialDct => precision is 8 or 12,
            _ => precision is >= 2 and <= 16,
        };
        if (!possible)
            throw new DicomCodecException($"JPEG process SOF{process & 15} has no samples of {precision} bits.");
        JpegComponent[] components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> c = body.Slice(6 + (3 * i), 3);
            int horizontal = c[1] >> 4, vertical = c[1] & 15;
            if (horizontal is < 1 or > 4 || vertical is < 1 or > 4 || c[2] > 3)
                throw new DicomCodecException($"JPEG component {c[0]} has sampling factors {horizontal}×{vertical} and quantization table {c[2]}.");
            components[i] = new JpegComponent(c[0], horizontal, vertical, c[2]);
        }

        return new JpegFrame(process, precision, width, height, components);
    }

    public static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
