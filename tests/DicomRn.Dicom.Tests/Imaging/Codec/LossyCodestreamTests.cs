using System.Buffers.Binary;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.IO.Buffer;
using DicomRn.Dicom.Tests.Imaging.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Decoding states the loss that a codestream has, and none that it could have had.</summary>
public sealed class LossyCodestreamTests
{
    [Theory]
    [InlineData("part1-irreversible-8.j2k", false, true)]
    [InlineData("part1-irreversible-8.j2k", true, true)]
    [InlineData("part1-colour-8.j2k", false, false)]
    [InlineData("part1-colour-8.j2k", true, false)]
    public void Loss_is_stated_of_bare_codestreams_and_of_those_in_a_JP2_file(string name, bool isBoxed, bool isLossy)
    {
        TestPattern pattern = StoredCodestream.All[name];
        byte[] codestream = StoredCodestream.Read(name);
        DicomDataset image = Images.Of(pattern.Shape.Height, pattern.Shape.Width, 8, 8, false, 3, false);
        image.InternalTransferSyntax = DicomTransferSyntax.JPEG2000Lossy;
        DicomPixelData.Create(image, true).AddFrame(new MemoryByteBuffer(isBoxed ? Jp2File(codestream) : codestream));
        DicomDataset decoded = image.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(isLossy ? "01" : "", decoded.GetSingleValueOrDefault(DicomTag.LossyImageCompression, ""));
    }

    /// <summary>The signature box of T.800 I.5.1, the codestream's box, and one behind it.</summary>
    private static byte[] Jp2File(byte[] codestream) =>
        [.. Box("jP  "u8, [0x0D, 0x0A, 0x87, 0x0A]), .. Box("jp2c"u8, codestream), .. Box("free"u8, [])];

    private static byte[] Box(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 8 + content.Length);
        return [.. length, .. type, .. content];
    }
}
