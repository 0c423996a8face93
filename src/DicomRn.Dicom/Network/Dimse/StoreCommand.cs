using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// The command set of a usual C-STORE-RQ (PS3.7 9.3.1.1), read where it lies. A data set, which costs more than all the rest of its
/// reception, is made of it only for who asks for one.
/// </summary>
internal sealed class StoreCommand
{
    private const int ElementHeaderSize = 8;
    private const int LongestUid = 64;

    private static readonly SearchValues<byte> UidCharacters = SearchValues.Create("0123456789."u8);

    private readonly byte[] _bytes;

    private StoreCommand(ReadOnlySpan<byte> bytes, DicomUID sopClass, DicomUID sopInstance, ushort messageId)
    {
        _bytes = bytes.ToArray();
        SopClass = sopClass;
        SopInstance = sopInstance;
        MessageId = messageId;
    }

    /// <summary>Affected SOP Class UID.</summary>
    public DicomUID SopClass { get; }

    /// <summary>Affected SOP Instance UID, of digits and dots only.</summary>
    public DicomUID SopInstance { get; }

    public ushort MessageId { get; }

    /// <summary>Reads a command set.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="expected">The SOP class of its presentation context.</param>
    /// <returns>Null where it is another command, or anything in it is unusual: then <see cref="CommandSetCodec"/> has to tell.</returns>
    public static StoreCommand? TryRead(ReadOnlySpan<byte> bytes, DicomUID expected)
    {
        ReadOnlySpan<byte> rest = bytes;
        ReadOnlySpan<byte> instance = default;
        int messageId = -1, last = -1;
        bool isStore = false, hasDataset = false, isOfClass = false;
        while (!rest.IsEmpty)
        {
            if (rest.Length < ElementHeaderSize)
                return null;
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            int number = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest) != 0 || number <= last || length > (uint)(rest.Length - ElementHeaderSize))
                return null;
            ReadOnlySpan<byte> value = rest.Slice(ElementHeaderSize, (int)length);
            last = number;
            switch (number)
            {
                case 0x0002:
                    isOfClass = Ascii.Equals(value.TrimEnd((byte)0), expected.UID);
                    break;
                case 0x0100:
                    isStore = value.SequenceEqual((ReadOnlySpan<byte>)[1, 0]);
                    break;
                case 0x0110 when value.Length == sizeof(ushort):
                    messageId = BinaryPrimitives.ReadUInt16LittleEndian(value);
                    break;
                case 0x0800 when value.Length == sizeof(ushort):
                    hasDataset = BinaryPrimitives.ReadUInt16LittleEndian(value) != DicomMessage.NoDataset;
                    break;
                case 0x1000:
                    instance = value.TrimEnd((byte)0);
                    break;
                case 0x0700 or 0x1031 when value.Length == sizeof(ushort):
                case 0x0000 or 0x1030:
                    break;
                default:
                    return null;
            }

            rest = rest[(ElementHeaderSize + (int)length)..];
        }

        return isStore && hasDataset && isOfClass && messageId >= 0 && IsPlainUid(instance)
            ? new StoreCommand(bytes, expected, new DicomUID(Encoding.ASCII.GetString(instance), "Unknown", DicomUidType.Unknown), (ushort)messageId)
            : null;
    }

    public DicomDataset ToDataset() => CommandSetCodec.Read(_bytes);

    private static bool IsPlainUid(ReadOnlySpan<byte> uid) =>
        uid.Length is > 0 and <= LongestUid && uid[0] != '.' && !uid.ContainsAnyExcept(UidCharacters);
}
