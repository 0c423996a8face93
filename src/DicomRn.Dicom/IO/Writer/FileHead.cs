using System.Buffers.Binary;

namespace DicomRn.Dicom.IO.Writer;

/// <summary>
/// Preamble, prefix and file meta information (PS3.10 7.1) in one go: every instance that is received gets one, and the writer for
/// data sets of any kind takes ten times as long.
/// </summary>
internal static class FileHead
{
    private const int Start = 132;
    private const int GroupLengthSize = 12;
    private const int ShortHeader = 8;
    private const int LongHeader = 12;

    /// <summary>The encoded head; null where something in it is unusual.</summary>
    public static byte[]? TryEncode(DicomDataset meta)
    {
        int length = 0;
        foreach (DicomItem item in meta)
        {
            if (item is not DicomElement element || item.Tag.Group != 2 || item.Tag.Element == 0 || element.Length > ushort.MaxValue - 1)
                return null;
            length += HeaderOf(element) + Even(element.Length);
        }

        byte[] head = new byte[Start + GroupLengthSize + length];
        "DICM\x02\0\0\0UL\x04\0"u8.CopyTo(head.AsSpan(Start - 4));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(Start + ShortHeader), (uint)length);
        Span<byte> rest = head.AsSpan(Start + GroupLengthSize);
        foreach (DicomItem item in meta)
            rest = rest[Write((DicomElement)item, rest)..];
        return head;
    }

    private static int Write(DicomElement element, Span<byte> destination)
    {
        DicomVR vr = element.ValueRepresentation;
        int header = HeaderOf(element);
        int length = (int)element.Length;
        int even = Even(element.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(destination, element.Tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], element.Tag.Element);
        destination[4] = (byte)vr.Code[0];
        destination[5] = (byte)vr.Code[1];
        if (header == ShortHeader)
            BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], (ushort)even);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], (uint)even);
        element.Buffer.Data.CopyTo(destination[header..]);
        if (even != length)
            destination[header + length] = vr.PaddingValue;
        return header + even;
    }

    private static int HeaderOf(DicomElement element) => element.ValueRepresentation.Is16bitLength ? ShortHeader : LongHeader;

    private static int Even(uint length) => (int)((length + 1) & ~1u);
}
