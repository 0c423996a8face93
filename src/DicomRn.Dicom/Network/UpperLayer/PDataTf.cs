using System.Buffers.Binary;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>P-DATA-TF: one or more presentation data values (PS3.8 9.3.5), read in place without copying.</summary>
internal struct PDataTf(ReadOnlyMemory<byte> body)
{
    /// <summary>Length, context ID and message control header before every fragment.</summary>
    public const int ValueHeaderSize = 6;

    /// <summary>Length of the shortest body that carries data: an even fragment that is not empty (PS3.8 9.3.5.1).</summary>
    private const int ShortestBody = ValueHeaderSize + 2;

    private ReadOnlyMemory<byte> _rest = body;

    /// <summary>Whether data can be sent to a peer that receives P-DATA-TF bodies of at most so many bytes, 0 for no limit.</summary>
    public static bool FitsInto(uint maximumLength) => maximumLength is 0 or >= ShortestBody;

    /// <summary>Takes the next presentation data value.</summary>
    /// <exception cref="PduException">Its length contradicts the PDU's.</exception>
    public bool TryRead(out PresentationDataValue value)
    {
        if (_rest.IsEmpty)
        {
            value = default;
            return false;
        }

        ReadOnlySpan<byte> bytes = _rest.Span;
        if (bytes.Length < ValueHeaderSize)
            throw new PduException(DicomAbortReason.InvalidPDUParameter, "a presentation data value shorter than its header");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (length < 2 || length > (uint)bytes.Length - 4)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a presentation data value of {length} bytes where the PDU has {bytes.Length - 4} left");
        byte control = bytes[5];
        value = new PresentationDataValue(bytes[4], (control & 1) != 0, (control & 2) != 0, _rest[ValueHeaderSize..(4 + (int)length)]);
        _rest = _rest[(4 + (int)length)..];
        return true;
    }

    /// <summary>Writes PDU header and value header for one fragment of <paramref name="fragmentLength"/> bytes.</summary>
    public static void WriteHeaders(Span<byte> destination, int fragmentLength, byte contextId, bool isCommand, bool isLast)
    {
        new PduHeader(PduType.PDataTf, (uint)(fragmentLength + ValueHeaderSize)).Write(destination);
        Span<byte> value = destination[PduHeader.Size..];
        BinaryPrimitives.WriteUInt32BigEndian(value, (uint)(fragmentLength + 2));
        value[4] = contextId;
        value[5] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
    }
}
