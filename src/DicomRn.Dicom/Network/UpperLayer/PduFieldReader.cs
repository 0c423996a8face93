using System.Buffers.Binary;
using System.Text;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>
/// Reads the fields of a PDU body, big endian. Every read checks what is left, so that a length that points outside
/// ends the association and never reads past the PDU.
/// </summary>
internal ref struct PduFieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    public ReadOnlySpan<byte> ReadRest() => Take(_rest.Length);

    /// <summary>A text of <paramref name="count"/> characters without the NULLs and spaces some peers pad it with.</summary>
    public string ReadText(int count) => Encoding.Latin1.GetString(Take(count)).Trim(' ', '\0');

    public string ReadRestAsText() => ReadText(_rest.Length);

    public string ReadCountedText() => ReadText(ReadUInt16());

    /// <summary>A reader over as many bytes as a 16-bit length says.</summary>
    public PduFieldReader ReadCounted() => new(Take(ReadUInt16()));

    /// <summary>An AE title; a character that no AE title has (PS3.5 6.2) becomes a question mark, so that a log stays one line.</summary>
    public string ReadAeTitle() =>
        string.Create(16, Encoding.Latin1.GetString(Take(16)), static (title, raw) =>
        {
            for (int i = 0; i < title.Length; i++)
                title[i] = raw[i] is >= ' ' and <= '~' and not '\\' ? raw[i] : raw[i] == 0 ? ' ' : '?';
        }).Trim();

    /// <summary>An item header: its type, and a reader over its content.</summary>
    public PduFieldReader ReadItem(out byte type)
    {
        type = ReadByte();
        Skip(1);
        return new PduFieldReader(Take(ReadUInt16()));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a field of {count} bytes where the PDU has {_rest.Length} left");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
