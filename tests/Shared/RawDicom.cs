using System.Buffers.Binary;
using System.Text;

namespace DicomRn.TestSupport;

/// <summary>The bytes of PDUs and messages, made without the stack under test.</summary>
internal static class RawDicom
{
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public const string Verification = "1.2.840.10008.1.1";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>What no log may hold.</summary>
    public const string PatientSecret = "SECRET^PATIENT";

    public static byte[] Pdu(byte type, byte[] body) => [type, 0, .. Big32((uint)body.Length), .. body];

    public static byte[] Item(byte type, byte[] body) => [type, 0, .. Big16(body.Length), .. body];

    public static byte[] Context(byte id, string abstractSyntax, params string[] transferSyntaxes) => Item(0x20,
    [
        id, 0, 0, 0,
        .. Item(0x30, Encoding.ASCII.GetBytes(abstractSyntax)),
        .. transferSyntaxes.SelectMany(syntax => Item(0x40, Encoding.ASCII.GetBytes(syntax))),
    ]);

    /// <summary>An A-ASSOCIATE-RQ of MODALITY to DICOMRN; by default for MR storage (context 1) and verification (context 3).</summary>
    public static byte[] AssociateRq(byte[]? contexts = null, byte[]? user = null, string application = ApplicationContext) => Pdu(1,
    [
        0, 1, 0, 0,
        .. "DICOMRN         "u8, .. "MODALITY        "u8, .. new byte[32],
        .. Item(0x10, Encoding.ASCII.GetBytes(application)),
        .. contexts ?? [.. Context(1, MrImageStorage, ExplicitLittleEndian), .. Context(3, Verification, ImplicitLittleEndian)],
        .. Item(0x50, user ?? [.. Item(0x51, Big32(16384)), .. Item(0x52, "1.2.3.4"u8.ToArray())]),
    ]);

    /// <summary>A P-DATA-TF of one fragment.</summary>
    public static byte[] Data(byte context, bool isCommand, bool isLast, byte[] fragment) => Pdu(4, Fragment(context, isCommand, isLast, fragment));

    public static byte[] Fragment(byte context, bool isCommand, bool isLast, byte[] fragment) =>
        [.. Big32((uint)fragment.Length + 2), context, (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0)), .. fragment];

    public static byte[] ReleaseRq() => Pdu(5, new byte[4]);

    public static byte[] Abort() => Pdu(7, new byte[4]);

    /// <summary>The command set of a C-STORE-RQ of an MR image.</summary>
    public static byte[] StoreCommand(string sopInstanceUid, ushort messageId = 1) => CommandSet(
    [
        .. Element(0x0002, Uid(MrImageStorage)), .. Element(0x0100, Little16(0x0001)), .. Element(0x0110, Little16(messageId)),
        .. Element(0x0700, Little16(0)), .. Element(0x0800, Little16(0x0001)), .. Element(0x1000, Uid(sopInstanceUid)),
    ]);

    /// <summary>The command set of a C-ECHO-RQ.</summary>
    public static byte[] EchoCommand(ushort messageId = 1) => CommandSet(
    [
        .. Element(0x0002, Uid(Verification)), .. Element(0x0100, Little16(0x0030)), .. Element(0x0110, Little16(messageId)),
        .. Element(0x0800, Little16(0x0101)),
    ]);

    public static byte[] CommandSet(byte[] elements) => [.. Element(0x0000, Little32((uint)elements.Length)), .. elements];

    /// <summary>An element of group 0000, implicit VR little endian.</summary>
    public static byte[] Element(ushort number, byte[] value) => [0, 0, .. Little16(number), .. Little32((uint)value.Length), .. value];

    /// <summary>An MR data set in explicit VR little endian with so many bytes of pixel data.</summary>
    public static byte[] Dataset(string sopInstanceUid, int pixelBytes = 0) =>
    [
        .. Explicit(0x0008, 0x0016, "UI", Uid(MrImageStorage)),
        .. Explicit(0x0008, 0x0018, "UI", Uid(sopInstanceUid)),
        .. Explicit(0x0010, 0x0010, "PN", Encoding.ASCII.GetBytes(PatientSecret)),
        .. Explicit(0x0010, 0x0020, "LO", "SECRET"u8.ToArray()),
        .. Explicit(0x0020, 0x000D, "UI", Uid("1.2.826.0.1.1")),
        .. Explicit(0x0020, 0x000E, "UI", Uid("1.2.826.0.1.1.1")),
        0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'W', 0, 0, .. Little32((uint)pixelBytes), .. new byte[pixelBytes],
    ];

    /// <summary>A whole C-STORE: the command set in one PDU, the data set in PDUs of at most so many bytes.</summary>
    public static byte[] Store(string sopInstanceUid, int pixelBytes = 0, int fragmentLength = 4096)
    {
        byte[][] fragments = [.. Dataset(sopInstanceUid, pixelBytes).Chunk(fragmentLength)];
        return
        [
            .. Data(1, true, true, StoreCommand(sopInstanceUid)),
            .. fragments.SelectMany((fragment, i) => Data(1, false, i == fragments.Length - 1, fragment)),
        ];
    }

    public static byte[] Big32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little16(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Little32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Uid(string uid) => Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + '\0');

    private static byte[] Explicit(ushort group, ushort element, string vr, byte[] value) =>
        [.. Little16(group), .. Little16(element), .. Encoding.ASCII.GetBytes(vr), .. Little16((ushort)value.Length), .. value];
}
