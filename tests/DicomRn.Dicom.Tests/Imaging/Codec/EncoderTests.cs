using CsCheck;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>What we encode comes back from our decoder, and others decode it to the same pixels.</summary>
public sealed class EncoderTests
{
    [Fact]
    public void Native_forms_come_back_from_JPEG_LS_bit_by_bit()
    {
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 40], Gen.Int[2, 16], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 999]).Sample(
            (rows, columns, stored, signed, colour, unused, seed) =>
            {
                int allocated = stored > 8 ? 16 : 8, samples = colour ? 3 : 1;
                byte[] frame = Cells(rows * columns * samples, allocated, stored, signed, unused, seed);
                DicomDataset native = Images.Of(rows, columns, allocated, stored, signed, samples, false, frame);
                DicomDataset back = native.Clone(DicomTransferSyntax.JPEGLSLossless).Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
                Assert.Equal(native, back);
            },
            iter: 300);
    }

    [Theory]
    [InlineData("dcmdrle", "1.2.840.10008.1.2.5", "transfer-syntaxes/pydicom-data/emri_small.dcm")]
    [InlineData("dcmdrle", "1.2.840.10008.1.2.5", "pydicom/test_files/rtdose.dcm")]
    [InlineData("dcmdrle", "1.2.840.10008.1.2.5", "pydicom/test_files/SC_rgb_small_odd.dcm")]
    [InlineData("gdcmconv --raw", "1.2.840.10008.1.2.5", "transfer-syntaxes/1.2.840.10008.1.2.2.dcm")]
    [InlineData("dcmdjpls", "1.2.840.10008.1.2.4.80", "transfer-syntaxes/pydicom-data/emri_small.dcm")]
    [InlineData("dcmdjpls", "1.2.840.10008.1.2.4.80", "mr-rtstruct-sts/dicom/STS_025/MR_T1/image/000000.dcm")]
    [InlineData("dcmdjpls", "1.2.840.10008.1.2.4.80", "pydicom/test_files/examples_overlay.dcm")]
    [InlineData("gdcmconv --raw", "1.2.840.10008.1.2.4.80", "pydicom/test_files/examples_rgb_color.dcm")]
    public async Task Others_decode_what_we_encode(string command, string syntax, string file)
    {
        DicomFile source = DicomFile.Open(TestData.Require(file), FileReadOption.ReadAll);
        using TemporaryFolder folder = new();
        source.Clone(DicomTransferSyntax.Parse(syntax)).Save(folder["packed.dcm"]);
        string[] parts = command.Split(' ', 2);
        DicomDataset decoded = await ForeignEncoderTests.ConvertAsync(
            parts[0], parts.ElementAtOrDefault(1) ?? "", folder["packed.dcm"], folder["plain.dcm"]);
        Assert.Equal(Images.Interleaved(source.Dataset), Images.Interleaved(decoded));
    }

    [Fact]
    public void A_transfer_syntax_that_is_only_decoded_says_so()
    {
        DicomDataset native = Images.Of(2, 2, 8, 8, false, 1, false, [1, 2, 3, 4]);
        DicomCodecException e = Assert.Throws<DicomCodecException>(() => native.Clone(DicomTransferSyntax.JPEGProcess14SV1));
        Assert.Contains("JPEG Lossless", e.Message, StringComparison.Ordinal);
        Assert.Throws<DicomCodecException>(() => native.Clone(DicomTransferSyntax.MPEG2));
    }

    [Fact]
    public void An_icon_that_is_compressed_with_its_image_is_decoded_with_it()
    {
        DicomDataset icon = Images.Of(2, 2, 8, 8, false, 1, false, [5, 6, 7, 8]);
        DicomDataset image = Images.Of(2, 2, 8, 8, false, 1, false, [1, 2, 3, 4]).Clone(DicomTransferSyntax.RLELossless);
        image.Add(new DicomSequence(DicomTag.IconImageSequence, icon.Clone(DicomTransferSyntax.RLELossless)));
        DicomDataset decoded = image.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomDataset decodedIcon = decoded.GetSequence(DicomTag.IconImageSequence).Items[0];
        Assert.Equal([5, 6, 7, 8], decodedIcon.GetValues<byte>(DicomTag.PixelData));
    }

    private static byte[] Cells(int count, int allocated, int stored, bool signed, bool unused, int seed)
    {
        Random random = new(seed);
        byte[] cells = new byte[count * allocated / 8];
        for (int i = 0; i < count; i++)
        {
            int value = random.Next(1 << stored);
            if (signed)
                value = value << (32 - stored) >> (32 - stored);
            if (unused && random.Next(4) == 0)
                value ^= 1 << (allocated - 1);
            cells[i * allocated / 8] = (byte)value;
            if (allocated == 16)
                cells[(2 * i) + 1] = (byte)(value >> 8);
        }

        return cells;
    }
}
