using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>Files of others.</summary>
public sealed class Jpeg2000FileTests
{
    [Fact]
    public void Enhanced_MR_has_the_pixels_of_the_uncompressed_file()
    {
        DicomPixelData compressed = Open("pydicom-data", "emri_small_jpeg_2k_lossless.dcm");
        DicomPixelData native = Open("pydicom-data", "emri_small.dcm");
        Assert.Equal(10, compressed.NumberOfFrames);
        for (int frame = 0; frame < compressed.NumberOfFrames; frame++)
        {
            byte[] bytes = native.GetFrame(frame).Data;
            int[] expected = [.. Enumerable.Range(0, bytes.Length / 2).Select(i => (int)BitConverter.ToUInt16(bytes, 2 * i))];
            Assert.Equal(expected, Decode(compressed, frame).Samples);
        }
    }

    [Theory]
    [InlineData("emri_small.dcm", "emri_small_jpeg_2k_lossless.dcm")]
    [InlineData("liver_expb.dcm", "liver_j2k.dcm")]
    [InlineData("liver_nonbyte_aligned.dcm", "liver_nonbyte_aligned_j2k.dcm")]
    public void The_transcoder_makes_the_pixels_of_the_uncompressed_file(string nativeFile, string compressedFile)
    {
        DicomPixelData native = Open("pydicom-data", nativeFile);
        DicomDataset decoded = Open("pydicom-data", compressedFile).Dataset.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomPixelData pixels = DicomPixelData.Create(decoded);
        Assert.Equal(native.NumberOfFrames, pixels.NumberOfFrames);
        for (int frame = 0; frame < native.NumberOfFrames; frame++)
            Assert.Equal(native.GetFrame(frame).Data, pixels.GetFrame(frame).Data);
    }

    [Fact]
    public void The_transcoder_makes_interleaved_RGB_of_HTJ2K()
    {
        DicomPixelData compressed = Open("pydicom-data", "HTJ2KLossless_08_RGB.dcm");
        int[] expected = Decode(compressed, 0).Samples;
        DicomPixelData pixels = DicomPixelData.Create(compressed.Dataset.Clone(DicomTransferSyntax.ExplicitVRLittleEndian));
        Assert.Equal(expected, pixels.GetFrame(0).Data.Select(b => (int)b));
        Assert.Equal((PhotometricInterpretation.Rgb, PlanarConfiguration.Interleaved), (pixels.PhotometricInterpretation, pixels.PlanarConfiguration));
    }

    [Fact]
    public void A_frame_that_ends_early_is_refused()
    {
        DicomPixelData pixels = Open("pydicom-data", "emri_small_jpeg_2k_lossless.dcm");
        byte[] codestream = pixels.GetFrame(9).Data;
        CodestreamShape shape = new(pixels.Width, pixels.Height, pixels.SamplesPerPixel);
        foreach (int percent in new[] { 10, 50, 90, 99 })
        {
            DicomCodecException refusal = Assert.Throws<DicomCodecException>(
                () => Jpeg2000Decoder.Decode(codestream.AsSpan(0, codestream.Length * percent / 100), shape));
            Assert.Contains("pixel data are missing", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.90.dcm")]
    [InlineData("1.2.840.10008.1.2.4.91.dcm")]
    [InlineData("pydicom-data", "liver_j2k.dcm")]
    [InlineData("pydicom-data", "liver_nonbyte_aligned_j2k.dcm")]
    [InlineData("pydicom-data", "emri_small_jpeg_2k_lossless.dcm")]
    [InlineData("pydicom-data", "HTJ2KLossless_08_RGB.dcm")]
    [InlineData("pydicom-data", "HTJ2K_08_RGB.dcm")]
    public async Task Every_frame_is_as_OpenJPEG_has_it(params string[] file)
    {
        DicomPixelData pixels = Open(file);
        for (int frame = 0; frame < pixels.NumberOfFrames; frame++)
        {
            CodestreamImage image = Decode(pixels, frame);
            TestPattern form = new(image.Shape.Width, image.Shape.Height, image.Shape.Components, image.Precision, image.IsSigned);
            int[] expected = await OpenJpeg.DecompressAsync(form, pixels.GetFrame(frame).Data);
            int tolerance = pixels.Syntax == DicomTransferSyntax.JPEG2000Lossy || pixels.Syntax == DicomTransferSyntax.HTJ2K ? 1 : 0;
            Assert.InRange(expected.Zip(image.Samples, (a, b) => Math.Abs(a - b)).Max(), 0, tolerance);
        }
    }

    private static CodestreamImage Decode(DicomPixelData pixels, int frame)
        => Jpeg2000Decoder.Decode(
            pixels.GetFrame(frame).Data, new CodestreamShape(pixels.Width, pixels.Height, pixels.SamplesPerPixel));

    private static DicomPixelData Open(params string[] file)
        => DicomPixelData.Create(DicomFile.Open(TestData.Require(["transfer-syntaxes", .. file])).Dataset);
}
