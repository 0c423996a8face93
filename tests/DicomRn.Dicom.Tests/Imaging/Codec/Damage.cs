using CsCheck;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Codestreams with bytes changed, cut off or put in: they decode to something, or to a <see cref="DicomCodecException"/>.</summary>
internal static class Damage
{
    /// <summary>Decodes a codestream in the place of an image's pixels.</summary>
    public static byte[] Decode(DicomDataset image, DicomTransferSyntax syntax, byte[] codestream)
    {
        DicomDataset compressed = image.Clone();
        compressed.InternalTransferSyntax = syntax;
        DicomPixelData.Create(compressed, true).AddFrame(new MemoryByteBuffer(codestream));
        return DicomPixelData.Create(compressed.Clone(DicomTransferSyntax.ExplicitVRLittleEndian)).GetFrame(0).Data;
    }

    public static void Survives(DicomDataset image, DicomTransferSyntax syntax, byte[] codestream, int times)
    {
        Gen<(int Kind, int At, byte Value)> change = Gen.Select(Gen.Int[0, 3], Gen.Int[0, codestream.Length - 1], Gen.Byte);
        change.Array[1, 4].Sample(
            changes =>
            {
                List<byte> bytes = [.. codestream];
                foreach ((int kind, int at, byte value) in changes)
                    Apply(bytes, kind, at, value);
                try
                {
                    Decode(image, syntax, [.. bytes]);
                }
                catch (DicomCodecException)
                {
                }
            },
            iter: times);
    }

    private static void Apply(List<byte> bytes, int kind, int at, byte value)
    {
        at = Math.Min(at, bytes.Count - 1);
        switch (kind)
        {
            case 0 when bytes.Count > 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1 when bytes.Count > 1:
                bytes.RemoveAt(at);
                break;
            case 2:
                bytes.Insert(Math.Max(at, 0), value);
                break;
            default:
                if (bytes.Count > 0)
                    bytes[at] ^= value;
                break;
        }
    }
}
