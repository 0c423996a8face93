using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// The box structure of a JP2 file (T.800 Annex I). PS3.5 A.4.4 has bare codestreams in Pixel Data; some writers put the whole
/// file there.
/// </summary>
internal static class Jp2Container
{
    private const uint ContiguousCodestream = 0x6A703263; // jp2c

    /// <summary>The codestream itself, with its SOC marker first.</summary>
    /// <exception cref="DicomCodecException">There is none.</exception>
    public static ReadOnlySpan<byte> FindCodestream(ReadOnlySpan<byte> data)
    {
        if (BeginsWithStartOfCodestream(data))
            return data;
        ReadOnlySpan<byte> rest = data;
        while (rest.Length >= 8)
        {
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            int header = 8;
            if (length == 1)
            {
                if (rest.Length < 16)
                    break;
                length = BinaryPrimitives.ReadUInt64BigEndian(rest[8..]);
                header = 16;
            }
            else if (length == 0)
            {
                length = (ulong)rest.Length;
            }

            if (length < (ulong)header)
                break;
            int size = (int)Math.Min(length, (ulong)rest.Length);
            if (type == ContiguousCodestream)
            {
                ReadOnlySpan<byte> codestream = rest[header..size];
                return BeginsWithStartOfCodestream(codestream)
                    ? codestream
                    : throw new DicomCodecException("The codestream box of the JP2 file does not begin with an SOC marker.");
            }

            rest = rest[size..];
        }

        throw new DicomCodecException("The frame is neither a JPEG 2000 codestream (no SOC marker) nor a JP2 file with one.");
    }

    private static bool BeginsWithStartOfCodestream(ReadOnlySpan<byte> data)
        => data.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(data) == MarkerCode.StartOfCodestream;
}
