using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Render;
using DicomRn.Dicom.IO.Buffer;
using DicomRn.Dicom.Tests.Imaging.Codec;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging;

/// <summary>Native pixels in every form that images of the modalities in question have.</summary>
public sealed class PixelFormTests
{
    [Fact]
    public void Samples_of_any_depth_sign_and_high_bit_are_read_whatever_lies_in_the_other_bits()
    {
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 32], Gen.Int[0, 31], Gen.Bool, Gen.Int[0, 9999]).Sample(
            (cell, stored, lift, signed, seed) =>
            {
                int allocated = (cell + 1) * 8;
                stored = Math.Min(stored, allocated);
                int high = stored - 1 + (lift % (allocated - stored + 1));
                Random random = new(seed);
                long[] values = new long[6];
                byte[] frame = new byte[values.Length * allocated / 8];
                for (int i = 0; i < values.Length; i++)
                {
                    long least = signed ? -(1L << (stored - 1)) : 0;
                    values[i] = random.NextInt64(least, least + (1L << stored));
                    ulong mask = ((1UL << stored) - 1) << (high + 1 - stored);
                    ulong bits = (((ulong)values[i] << (high + 1 - stored)) & mask) | ((ulong)random.NextInt64() & ~mask);
                    for (int b = 0; b < allocated / 8; b++)
                        frame[(i * allocated / 8) + b] = (byte)(bits >> (8 * b));
                }

                DicomDataset image = Images.Of(2, 3, allocated, stored, signed, 1, false, frame);
                image.AddOrUpdate(DicomTag.HighBit, (ushort)high);
                IPixelData pixels = PixelDataFactory.Create(DicomPixelData.Create(image), 0);
                for (int i = 0; i < values.Length; i++)
                    Assert.Equal(values[i], pixels.GetPixel(i % 3, i / 3));
            },
            iter: 2000);
    }

    [Fact]
    public void Frames_of_an_odd_number_of_bytes_follow_one_another_without_padding()
    {
        DicomDataset image = Images.Of(3, 3, 8, 8, false, 1, false, [1, 2, 3, 4, 5, 6, 7, 8, 9], [11, 12, 13, 14, 15, 16, 17, 18, 19]);
        Assert.Equal(18, image.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Size);
        Assert.Equal(19, PixelDataFactory.Create(DicomPixelData.Create(image), 1).GetPixel(2, 2));
        foreach (DicomTransferSyntax syntax in (DicomTransferSyntax[])[DicomTransferSyntax.RLELossless, DicomTransferSyntax.JPEGLSLossless, DicomTransferSyntax.DeflatedImageFrameCompression])
            Assert.Equal(Images.Frames(image), Images.Frames(image.Clone(syntax).Clone(DicomTransferSyntax.ExplicitVRLittleEndian)));
    }

    [Theory]
    [InlineData("RGB", true)]
    [InlineData("RGB", false)]
    [InlineData("YBR_FULL", true)]
    [InlineData("YBR_FULL", false)]
    public void Colours_are_read_from_both_planar_configurations(string photometric, bool planar)
    {
        byte[] pixels = [10, 20, 30, 40, 50, 60];
        byte[] frame = planar ? PixelDataConverter.InterleavedToPlanar24(new MemoryByteBuffer(pixels)).Data : pixels;
        DicomDataset image = Images.Of(1, 2, 8, 8, false, 3, planar, frame);
        image.AddOrUpdate(DicomTag.PhotometricInterpretation, photometric);
        byte[] rgb = photometric == "RGB" ? pixels : PixelDataConverter.YbrFullToRgb(new MemoryByteBuffer(pixels)).Data;
        IPixelData read = PixelDataFactory.Create(DicomPixelData.Create(image), 0);
        Assert.Equal(3, read.Components);
        Assert.Equal((rgb[3] << 16) | (rgb[4] << 8) | rgb[5], read.GetPixel(1, 0));
    }

    [Fact]
    public void Luminance_and_chrominance_become_red_green_and_blue()
    {
        // White, black, and the primary red of BT.601, full and reduced range.
        byte[] full = [255, 128, 128, 0, 128, 128, 76, 85, 255];
        Assert.Equal([255, 255, 255, 0, 0, 0, 254, 0, 0], PixelDataConverter.YbrFullToRgb(new MemoryByteBuffer(full)).Data);
        byte[] reduced = [235, 16, 128, 128];
        Assert.Equal([255, 255, 255, 0, 0, 0], PixelDataConverter.YbrPartial422ToRgb(new MemoryByteBuffer(reduced), 2).Data);
    }

    [Fact]
    public void Pairs_of_pixels_share_their_chrominance_and_odd_rows_end_in_half_a_pair()
    {
        // Two rows of three pixels: Y1 Y2 Cb Cr, Y3 – Cb Cr.
        byte[] frame = [1, 2, 128, 128, 3, 0, 128, 128, 4, 5, 128, 128, 6, 0, 128, 128];
        DicomDataset image = Images.Of(2, 3, 8, 8, false, 3, false);
        image.AddOrUpdate(DicomTag.PhotometricInterpretation, "YBR_FULL_422");
        DicomPixelData pixels = DicomPixelData.Create(image, true);
        Assert.Equal(frame.Length, pixels.UncompressedFrameSize);
        pixels.AddFrame(new MemoryByteBuffer(frame));
        IPixelData read = PixelDataFactory.Create(DicomPixelData.Create(image), 0);
        for (int i = 0; i < 6; i++)
            Assert.Equal((i + 1) * 0x010101, read.GetPixel(i % 3, i / 3));

        DicomDataset decoded = image.Clone(DicomTransferSyntax.RLELossless).Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("YBR_FULL", decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal(5 * 0x010101, PixelDataFactory.Create(DicomPixelData.Create(decoded), 0).GetPixel(1, 1));
    }

    [Theory]
    [InlineData("pydicom/test_files/SC_ybr_full_422_uncompressed.dcm")]
    [InlineData("pydicom/test_files/examples_palette.dcm")]
    [InlineData("pydicom/test_files/examples_overlay.dcm")]
    [InlineData("pydicom/test_files/rtdose.dcm")]
    [InlineData("pydicom/test_files/liver_expb_1frame.dcm")]
    [InlineData("pydicom/test_files/ExplVR_BigEnd.dcm")]
    [InlineData("pydicom/test_files/SC_rgb_rle_16bit.dcm")]
    [InlineData("seg-sr/highdicom/dx_image.dcm")]
    public async Task Frames_of_real_files_hold_what_pydicom_finds_in_them(string file)
    {
        string path = TestData.Require(file);
        string python = Pydicom.Require();
        const string Script = "import sys,pydicom,hashlib;d=pydicom.dcmread(sys.argv[1]);"
            + "a=d.pixel_array;print(hashlib.sha256(a.astype('>i8').tobytes()).hexdigest())";
        (int status, string output, string error) = await ExternalTool.RunAsync(
            python, ["-W", "ignore", "-c", Script, path], TestContext.Current.CancellationToken);
        if (status != 0)
            Assert.Skip($"numpy is not installed (Debian package python3-numpy): {error}");
        Assert.Equal(output.Trim(), Convert.ToHexStringLower(SHA256.HashData(Samples(DicomFile.Open(path).Dataset))));
    }

    // Older pydicom exchanges the bytes of 8-bit samples in big endian words; the same image in little endian tells who is right.
    [Fact]
    public void Eight_bit_samples_in_big_endian_words_are_in_their_order()
    {
        DicomDataset little = DicomFile.Open(TestData.Require("pydicom", "test_files", "SC_rgb_small_odd.dcm")).Dataset;
        DicomDataset big = DicomFile.Open(TestData.Require("pydicom", "test_files", "SC_rgb_small_odd_big_endian.dcm")).Dataset;
        Assert.Equal(DicomTransferSyntax.ExplicitVRBigEndian, big.InternalTransferSyntax);
        Assert.Equal(Images.Frames(little), Images.Frames(big));
    }

    /// <summary>All samples as 64-bit integers, big endian, in pydicom's order.</summary>
    private static byte[] Samples(DicomDataset image)
    {
        DicomDataset native = image.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomPixelData pixels = DicomPixelData.Create(native);
        List<byte> samples = [];
        int bytes = pixels.BitsAllocated / 8;
        byte[] eight = new byte[8];
        foreach (byte[] frame in Images.Interleaved(native))
        {
            byte[] whole = native.GetString(DicomTag.PhotometricInterpretation) == "YBR_FULL_422" ? ChrominancePairs.Expand(frame, pixels.Width) : frame;
            int count = pixels.Width * pixels.Height * pixels.SamplesPerPixel;
            for (int i = 0; i < count; i++)
            {
                long value = 0;
                if (bytes == 0)
                    value = (whole[i >> 3] >> (i & 7)) & 1;
                for (int b = 0; b < bytes; b++)
                    value |= (long)whole[(i * bytes) + b] << (8 * b);
                if (bytes > 0 && pixels.PixelRepresentation == PixelRepresentation.Signed)
                    value = value << (64 - (8 * bytes)) >> (64 - (8 * bytes));
                BinaryPrimitives.WriteInt64BigEndian(eight, value);
                samples.AddRange(eight);
            }
        }

        return [.. samples];
    }
}
