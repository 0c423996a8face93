using DicomRn.Dicom.Imaging.Codec;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Compressed files of others come out of our decoders as out of DCMTK's or GDCM's.</summary>
public sealed class ForeignDecoderTests
{
    [Theory]
    [InlineData("dcmdjpeg", "transfer-syntaxes/1.2.840.10008.1.2.4.57.dcm")]
    [InlineData("dcmdjpeg", "transfer-syntaxes/1.2.840.10008.1.2.4.70.dcm")]
    [InlineData("dcmdjpeg", "pydicom/test_files/SC_rgb_jpeg_gdcm.dcm")]
    [InlineData("dcmdrle", "transfer-syntaxes/1.2.840.10008.1.2.5.dcm")]
    [InlineData("dcmdrle", "pydicom/test_files/MR_small_RLE.dcm")]
    [InlineData("dcmdrle", "pydicom/test_files/SC_rgb_rle.dcm")]
    [InlineData("dcmdrle", "pydicom/test_files/SC_rgb_rle_16bit.dcm")]
    [InlineData("dcmdrle", "pydicom/test_files/rtdose_rle.dcm")]
    [InlineData("dcmdjpls", "transfer-syntaxes/1.2.840.10008.1.2.4.80.dcm")]
    [InlineData("dcmdjpls", "transfer-syntaxes/1.2.840.10008.1.2.4.81.dcm")]
    [InlineData("dcmdjpls", "pydicom/test_files/MR_small_jpeg_ls_lossless.dcm")]
    [InlineData("dcmdjpls", "pydicom/test_files/JPEGLSNearLossless_08.dcm")]
    [InlineData("dcmdjpls", "pydicom/test_files/JPEGLSNearLossless_16.dcm")]
    [InlineData("dcmdjpls", "pydicom/test_files/SC_rgb_jls_lossy_line.dcm")]
    [InlineData("dcmdjpls", "seg-sr/highdicom/sm_image_jpegls.dcm")]
    public async Task Lossless_files_decode_exactly_as_elsewhere(string program, string file)
    {
        (DicomDataset ours, DicomDataset theirs) = await DecodeAsync(program, file);
        Assert.Equal(Images.Interleaved(theirs), Images.Interleaved(ours));
        Assert.Equal(theirs.GetString(DicomTag.PhotometricInterpretation), ours.GetString(DicomTag.PhotometricInterpretation));
    }

    /// <summary>Lossy decoders may round otherwise (T.83); chrominance of fewer samples may be interpolated otherwise.</summary>
    [Theory]
    [InlineData("dcmdjpeg", "transfer-syntaxes/1.2.840.10008.1.2.4.50.dcm", 3, 0.1)]
    [InlineData("dcmdjpeg", "transfer-syntaxes/1.2.840.10008.1.2.4.51.dcm", 1, 0.05)]
    [InlineData("dcmdjpeg", "pydicom/test_files/JPEG-lossy.dcm", 1, 0.05)]
    [InlineData("dcmdjpeg", "pydicom/test_files/SC_jpeg_no_color_transform.dcm", 1, 0.05)]
    [InlineData("dcmdjpeg", "pydicom/test_files/SC_rgb_dcmtk_+eb+cr.dcm", 1, 0.05)]
    [InlineData("dcmdjpeg", "pydicom/test_files/SC_rgb_dcmtk_+eb+cy+n1.dcm", 3, 0.1)]
    [InlineData("dcmdjpeg", "pydicom/test_files/SC_rgb_dcmtk_+eb+cy+np.dcm", 3, 0.1)]
    [InlineData("dcmdjpeg", "pydicom/test_files/examples_ybr_color.dcm", 3, 0.1)]
    public async Task Lossy_files_decode_nearly_as_elsewhere(string program, string file, int most, double mean)
    {
        (DicomDataset ours, DicomDataset theirs) = await DecodeAsync(program, file);
        byte[][] our = Images.Interleaved(ours), their = Images.Interleaved(theirs);
        Assert.Equal(their.Length, our.Length);
        int bytes = ours.GetSingleValue<ushort>(DicomTag.BitsAllocated) / 8;
        int largest = 0;
        double sum = 0;
        long count = 0;
        for (int frame = 0; frame < our.Length; frame++)
        {
            Assert.Equal(their[frame].Length, our[frame].Length);
            for (int i = 0; i < our[frame].Length; i += bytes, count++)
            {
                int a = bytes == 1 ? our[frame][i] : BitConverter.ToUInt16(our[frame], i);
                int b = bytes == 1 ? their[frame][i] : BitConverter.ToUInt16(their[frame], i);
                largest = Math.Max(largest, Math.Abs(a - b));
                sum += Math.Abs(a - b);
            }
        }

        Assert.True(largest <= most && sum / count <= mean, $"largest difference {largest}, mean {sum / count:0.0000}");
        Assert.Equal("01", ours.GetString(DicomTag.LossyImageCompression));
        Assert.Equal(theirs.GetString(DicomTag.PhotometricInterpretation), ours.GetString(DicomTag.PhotometricInterpretation));
    }

    private static async Task<(DicomDataset Ours, DicomDataset Theirs)> DecodeAsync(string program, string file)
    {
        string source = TestData.Require(file);
        string path = ExternalTool.Require(program, "dcmtk");
        using TemporaryFolder folder = new();
        (int status, string output, string error) = await ExternalTool.RunAsync(
            path, [source, folder["x.dcm"]], TestContext.Current.CancellationToken);
        Assert.True(status == 0, output + error);
        DicomDataset theirs = DicomFile.Open(folder["x.dcm"], FileReadOption.ReadAll).Dataset;
        return (DicomFile.Open(source).Dataset.Clone(DicomTransferSyntax.ExplicitVRLittleEndian), theirs);
    }
}
