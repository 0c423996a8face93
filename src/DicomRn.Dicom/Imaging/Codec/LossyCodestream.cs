using System.Buffers.Binary;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>
/// Whether a codestream in a transfer syntax that allows losses has them: JPEG-LS with a NEAR parameter above 0 (T.87 C.2.3), JPEG 2000
/// with the irreversible 9-7 wavelet (T.800 A.6.1).
/// </summary>
internal static class LossyCodestream
{
    private const int StartOfScan = 0xFFDA, CodingStyle = 0xFF52, StartOfTile = 0xFF90;

    /// <summary>Whether a frame, a bare codestream or one in the boxes of a JP2 file, has lost information.</summary>
    /// <exception cref="DicomCodecException">Neither of the two.</exception>
    public static bool IsLossy(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> codestream = frame is [0xFF, ..] ? frame : Jp2Container.FindCodestream(frame);
        int at = 2;
        while (at + 4 <= codestream.Length)
        {
            int marker = BinaryPrimitives.ReadUInt16BigEndian(codestream[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(codestream[(at + 2)..]);
            ReadOnlySpan<byte> body = codestream[(at + 4)..];
            switch (marker)
            {
                case StartOfScan:
                    return body.Length > 0 && body.Length > 1 + (2 * body[0]) && body[1 + (2 * body[0])] > 0;
                case CodingStyle:
                    return body.Length > 9 && body[9] == 0;
                case StartOfTile:
                    return false;
            }

            at += 2 + length;
        }

        return false;
    }
}
