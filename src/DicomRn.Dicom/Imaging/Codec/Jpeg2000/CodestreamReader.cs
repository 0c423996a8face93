using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>Reads the big-endian fields of a header and refuses to read beyond its end.</summary>
internal ref struct CodestreamReader(ReadOnlySpan<byte> data, string what)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }

    public readonly int Remaining => _data.Length - Position;

    public int ReadByte() => Take(1)[0];

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A component's index: two bytes where the image has more than 256 components.</summary>
    public int ReadComponent(int components)
    {
        int component = components < 257 ? ReadByte() : ReadUInt16();
        return component < components
            ? component
            : throw new DicomCodecException($"{what} speaks of component {component}; there are {components}.");
    }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Remaining)
            throw new DicomCodecException($"{what} ends after {_data.Length} bytes, within a field.");
        ReadOnlySpan<byte> taken = _data.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> TakeRest() => Take(Remaining);
}
