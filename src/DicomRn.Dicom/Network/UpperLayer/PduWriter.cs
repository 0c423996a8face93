using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>Writes one PDU, big endian, into a pooled buffer; lengths of PDU and items are filled in when they are closed.</summary>
internal sealed class PduWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    public PduWriter(PduType type)
    {
        new PduHeader(type, 0).Write(Reserve(PduHeader.Size));
    }

    /// <summary>The whole PDU, its length set.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(2), (uint)(_length - PduHeader.Size));
        return _buffer.AsMemory(0, _length);
    }

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void WriteZeros(int count) => Reserve(count).Clear();

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>Characters of ISO 646, unpadded: UIDs in PDUs take no trailing NULL (PS3.8 F.1).</summary>
    public void WriteText(string value) => Encoding.Latin1.GetBytes(value, Reserve(value.Length));

    /// <summary>An AE title in its 16 characters, padded with spaces.</summary>
    public void WriteAeTitle(string value)
    {
        Span<byte> field = Reserve(16);
        field.Fill((byte)' ');
        Encoding.Latin1.GetBytes(value.AsSpan(0, Math.Min(16, value.Length)), field);
    }

    /// <summary>A text with its 16-bit length before it.</summary>
    public void WriteCountedText(string value)
    {
        WriteUInt16(Length16(value.Length));
        WriteText(value);
    }

    /// <summary>Bytes with their 16-bit length before them.</summary>
    public void WriteCountedBytes(ReadOnlySpan<byte> value)
    {
        WriteUInt16(Length16(value.Length));
        WriteBytes(value);
    }

    /// <summary>Opens an item (type, reserved, 16-bit length) and returns the mark that <see cref="EndItem"/> takes.</summary>
    public int BeginItem(byte type)
    {
        WriteByte(type);
        WriteByte(0);
        WriteUInt16(0);
        return _length;
    }

    /// <summary>Sets the length of the item that <see cref="BeginItem"/> opened.</summary>
    public void EndItem(int mark) =>
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(mark - 2), Length16(_length - mark));

    public void WriteTextItem(byte type, string value)
    {
        int item = BeginItem(type);
        WriteText(value);
        EndItem(item);
    }

    public void Dispose()
    {
        // A user's passcode may have been in it.
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: _buffer.Length > 0 && _buffer[0] == (byte)PduType.AAssociateRq);
        _buffer = [];
        _length = 0;
    }

    private static ushort Length16(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new DicomNetworkException($"An association PDU with a field of {length} bytes, where {ushort.MaxValue} are possible.");

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        Span<byte> span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
