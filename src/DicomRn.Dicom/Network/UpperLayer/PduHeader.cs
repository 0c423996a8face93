using System.Buffers.Binary;

namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The six bytes before every PDU: type, a reserved byte, and the length of what follows (PS3.8 9.3.1).</summary>
internal readonly record struct PduHeader(PduType Type, uint Length)
{
    public const int Size = 6;

    // The content type of a TLS record that carries a handshake (RFC 8446 B.1): what a client hello begins with.
    private const byte TlsHandshake = 0x16;

    /// <summary>Reads a header; <paramref name="bytes"/> holds at least <see cref="Size"/> bytes.</summary>
    /// <exception cref="PduException">The type is none of the seven: whatever speaks here does not speak DICOM.</exception>
    public static PduHeader Read(ReadOnlySpan<byte> bytes)
    {
        byte type = bytes[0];
        if (type is < (byte)PduType.AAssociateRq or > (byte)PduType.AAbort)
            throw new PduException(DicomAbortReason.UnrecognizedPDU,
                $"unrecognised PDU type 0x{type:X2}; this is {(type == TlsHandshake ? "TLS on a plain port" : "not DICOM")}");
        return new PduHeader((PduType)type, BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], Length);
    }
}
