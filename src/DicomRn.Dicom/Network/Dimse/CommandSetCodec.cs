using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DicomRn.Dicom.IO.Buffer;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Command sets as bytes: group 0000 only, always implicit VR little endian, no sequences (PS3.7 6.3.1). So small a language
/// that it has its own reader, which no peer can make large.
/// </summary>
internal static class CommandSetCodec
{
    private const int ElementHeaderSize = 8;

    private static readonly DicomTag GroupLength = DicomTag.CommandGroupLength;

    /// <summary>Writes a command set with its group length.</summary>
    public static void Write(DicomDataset command, IBufferWriter<byte> writer)
    {
        uint length = 0;
        foreach (DicomItem item in command)
        {
            if (item is DicomElement element && element.Tag != GroupLength)
                length += ElementHeaderSize + Even(element.Length);
        }

        WriteHeader(writer, GroupLength, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(writer.GetSpan(sizeof(uint)), length);
        writer.Advance(sizeof(uint));
        foreach (DicomItem item in command)
        {
            if (item is not DicomElement element || element.Tag == GroupLength)
                continue;
            uint even = Even(element.Length);
            WriteHeader(writer, element.Tag, even);
            writer.Write(element.Buffer.Data);
            if (even != element.Length)
                writer.Write(element.ValueRepresentation == DicomVR.UI ? "\0"u8 : " "u8);
        }
    }

    /// <summary>Reads a command set; elements of other groups have no business in it and are skipped.</summary>
    /// <exception cref="PduException">It is no sequence of elements of group 0000.</exception>
    public static DicomDataset Read(ReadOnlySpan<byte> bytes)
    {
        DicomDataset command = new(DicomTransferSyntax.ImplicitVRLittleEndian) { AutoValidate = false };
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < ElementHeaderSize)
                throw Malformed("ends inside an element");
            ushort group = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            ushort number = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (length > (uint)(bytes.Length - ElementHeaderSize))
                throw Malformed($"has an element ({group:X4},{number:X4}) of {length} bytes where {bytes.Length - ElementHeaderSize} are left");
            if (group == 0 && Element(number, bytes.Slice(ElementHeaderSize, (int)length)) is { } element)
                command.AddOrUpdate(element);
            bytes = bytes[(ElementHeaderSize + (int)length)..];
        }

        if (!command.Contains(DicomTag.CommandField))
            throw Malformed("has no Command Field");
        return command;
    }

    private static DicomElement? Element(ushort number, ReadOnlySpan<byte> value)
    {
        MemoryByteBuffer buffer = new(value.ToArray());
        DicomTag tag = new(0, number);
        switch (number)
        {
            case 0x0002 or 0x0003 or 0x1000 or 0x1001:
                return new DicomUniqueIdentifier(tag, buffer);
            case 0x0100 or 0x0110 or 0x0120 or 0x0700 or 0x0800 or 0x0900 or 0x0903 or 0x1002 or 0x1008
                or 0x1020 or 0x1021 or 0x1022 or 0x1023 or 0x1031:
                return value.Length >= sizeof(ushort)
                    ? new DicomUnsignedShort(tag, buffer)
                    : throw Malformed($"has an empty (0000,{number:X4})");
            case 0x0600 or 0x1030:
                return new DicomApplicationEntity(tag, buffer);
            case 0x0901 or 0x1005:
                return new DicomAttributeTag(tag, buffer);
            case 0x0902:
                return new DicomLongString(tag, Encoding.Latin1.GetString(value).TrimEnd(' ', '\0'));
            default:
                return null;
        }
    }

    private static PduException Malformed(string what) =>
        new(DicomAbortReason.InvalidPDUParameter, $"a command set that {what}");

    private static void WriteHeader(IBufferWriter<byte> writer, DicomTag tag, uint length)
    {
        Span<byte> header = writer.GetSpan(ElementHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], tag.Element);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length);
        writer.Advance(ElementHeaderSize);
    }

    private static uint Even(uint length) => (length + 1) & ~1u;
}
