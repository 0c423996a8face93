using System.Buffers.Binary;
using System.Text;

namespace DicomRn.Node.Administration.Audit;

/// <summary>The identifier of a query as it stands in an audit message (PS3.15 A.5.3.10): explicit VR little endian.</summary>
internal static class AuditQuery
{
    private static readonly HashSet<string> LongForm = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

    /// <summary>The transfer syntax.</summary>
    public static string TransferSyntaxUid => DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID;

    /// <summary>The encoded identifier.</summary>
    public static byte[] Encode(DicomDataset query)
    {
        using MemoryStream stream = new();
        Write(stream, query);
        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, DicomDataset dataset)
    {
        foreach (DicomItem item in dataset)
        {
            byte[] value = item switch
            {
                DicomSequence sequence => Items(sequence),
                DicomElement element => element.Buffer.Data,
                _ => [],
            };
            string vr = item.ValueRepresentation.Code;
            // Values have an even length (PS3.5 7.1.1, 6.2).
            if (value.Length % 2 != 0)
                value = [.. value, vr is "UI" or "OB" or "UN" ? (byte)0 : (byte)' '];
            WriteShort(stream, item.Tag.Group);
            WriteShort(stream, item.Tag.Element);
            stream.Write(Encoding.ASCII.GetBytes(vr));
            if (LongForm.Contains(vr))
            {
                stream.Write([0, 0]);
                WriteLength(stream, value.Length);
            }
            else
            {
                WriteShort(stream, checked((ushort)value.Length));
            }

            stream.Write(value);
        }
    }

    private static byte[] Items(DicomSequence sequence)
    {
        using MemoryStream stream = new();
        foreach (DicomDataset item in sequence.Items)
        {
            byte[] content = Encode(item);
            WriteShort(stream, 0xFFFE);
            WriteShort(stream, 0xE000);
            WriteLength(stream, content.Length);
            stream.Write(content);
        }

        return stream.ToArray();
    }

    private static void WriteShort(MemoryStream stream, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteLength(MemoryStream stream, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        stream.Write(bytes);
    }
}
