using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>What the marker segments have said so far (ITU-T T.87 C.2).</summary>
internal sealed class JpegLsHeaders
{
    private const int PresetType = 1, TableType = 2, TableContinuationType = 3, DimensionsType = 4;
    private (int Width, int Height)? _oversize;

    /// <summary>The frame header, once it was read.</summary>
    public FrameHeader? Frame { get; private set; }

    /// <summary>The preset parameters for the scans to come.</summary>
    public PresetParameters Preset { get; private set; }

    /// <summary>Lines of a restart interval, 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Which colour transform an APP8 segment announces, 0 for none.</summary>
    public int ColourTransform { get; private set; }

    /// <summary>Takes in a segment other than a scan header.</summary>
    /// <exception cref="DicomCodecException">It is damaged, or asks for what is not supported.</exception>
    public void Read(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case Marker.StartOfFrame:
                ReadFrame(segment);
                break;
            case Marker.PresetParameters:
                ReadPreset(segment);
                break;
            case Marker.RestartInterval:
                if (segment.Length is < 2 or > 4)
                    throw Damaged("DRI");
                RestartInterval = ReadNumber(segment) is > 0 and long lines ? (int)Math.Min(lines, int.MaxValue) : 0;
                break;
            case Marker.Application8:
                ColourTransform = JpegLs.ColourTransform.Parse(segment) ?? ColourTransform;
                break;
            case >= Marker.FirstApplication and <= Marker.LastApplication or Marker.Comment:
                break;
            default:
                throw new DicomCodecException($"JPEG-LS: marker FF{marker:X2} has no place in such a codestream.");
        }
    }

    /// <summary>A scan header.</summary>
    /// <exception cref="DicomCodecException">It is damaged, contradicts the frame header or asks for what is not supported.</exception>
    public ScanHeader ReadScan(ReadOnlySpan<byte> segment)
    {
        FrameHeader frame = Frame ?? throw new DicomCodecException("JPEG-LS: a scan comes before the frame header.");
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length != 4 + (2 * count))
            throw Damaged("SOS");
        int[] components = new int[count];
        for (int i = 0; i < count; i++)
        {
            components[i] = frame.ComponentIds.AsSpan().IndexOf(segment[1 + (2 * i)]);
            if (components[i] < 0 || components.AsSpan(0, i).Contains(components[i]))
                throw new DicomCodecException("JPEG-LS: a scan names a component that is not there, or one twice.");
            if (segment[2 + (2 * i)] != 0)
                throw new DicomCodecException("JPEG-LS: mapping tables (palettes) are not supported.");
        }

        ReadOnlySpan<byte> last = segment[^3..];
        InterleaveMode interleave = (InterleaveMode)last[1];
        bool isAllowed = count == 1
            ? interleave is InterleaveMode.None or InterleaveMode.Line
            : interleave is InterleaveMode.Line or InterleaveMode.Sample;
        if (!isAllowed)
            throw new DicomCodecException($"JPEG-LS: interleave mode {last[1]} in a scan of {count} component(s).");
        if (last[2] != 0)
            throw new DicomCodecException("JPEG-LS: point transforms are not supported.");
        return new ScanHeader(components, last[0], interleave);
    }

    private void ReadFrame(ReadOnlySpan<byte> segment)
    {
        if (Frame is not null)
            throw new DicomCodecException("JPEG-LS: there is a second frame header.");
        int count = segment.Length >= 6 ? segment[5] : 0;
        if (count == 0 || segment.Length != 6 + (3 * count))
            throw Damaged("SOF");
        int precision = segment[0];
        if (precision is < 2 or > 16)
            throw new DicomCodecException($"JPEG-LS: a sample has {precision} bits; 2 to 16 are allowed.");
        byte[] components = new byte[count];
        for (int i = 0; i < count; i++)
        {
            components[i] = segment[6 + (3 * i)];
            if (components.AsSpan(0, i).Contains(components[i]))
                throw Damaged("SOF");
            if (segment[7 + (3 * i)] != 0x11)
                throw new DicomCodecException("JPEG-LS: sub-sampled components are not supported.");
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        Frame = new FrameHeader(precision, height, width, components);
        ApplyOversize();
    }

    private void ReadPreset(ReadOnlySpan<byte> segment)
    {
        int type = segment.Length > 0 ? segment[0] : 0;
        switch (type)
        {
            case PresetType when segment.Length == 11:
                Preset = new PresetParameters(Word(segment, 1), Word(segment, 3), Word(segment, 5), Word(segment, 7), Word(segment, 9));
                break;
            case TableType or TableContinuationType:
                // A table that no scan refers to changes nothing; a reference is refused with the scan.
                break;
            case DimensionsType when segment.Length >= 2 && segment[1] is >= 2 and <= 4 && segment.Length == 2 + (2 * segment[1]):
                int size = segment[1];
                _oversize = (Dimension(segment.Slice(2 + size, size)), Dimension(segment.Slice(2, size)));
                ApplyOversize();
                break;
            default:
                throw new DicomCodecException($"JPEG-LS: the LSE segment of type {type} is damaged or not supported.");
        }
    }

    /// <summary>Dimensions of a size above 65,535 stand in an LSE segment, and are 0 in the frame header (C.2.4.1.4).</summary>
    private void ApplyOversize()
    {
        if (Frame is { } frame && _oversize is { } size)
        {
            Frame = frame with
            {
                Width = frame.Width == 0 ? size.Width : frame.Width,
                Height = frame.Height == 0 ? size.Height : frame.Height,
            };
        }
    }

    private static int Word(ReadOnlySpan<byte> segment, int at) => BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);

    private static int Dimension(ReadOnlySpan<byte> bytes) =>
        ReadNumber(bytes) is <= int.MaxValue and long value ? (int)value : throw Damaged("LSE");

    private static long ReadNumber(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (byte b in bytes)
            value = (value << 8) | b;
        return value;
    }

    private static DicomCodecException Damaged(string marker) => new($"JPEG-LS: the {marker} segment is damaged.");
}
