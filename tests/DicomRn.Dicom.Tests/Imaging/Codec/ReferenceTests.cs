using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Files of others that hold the same image in several transfer syntaxes.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("emri_small.dcm", "emri_small_big_endian.dcm")]
    [InlineData("emri_small.dcm", "emri_small_RLE.dcm")]
    [InlineData("emri_small.dcm", "emri_small_jpeg_ls_lossless.dcm")]
    [InlineData("emri_small.dcm", "emri_small_jpeg_2k_lossless.dcm")]
    [InlineData("liver_nonbyte_aligned.dcm", "liver_nonbyte_aligned_j2k.dcm")]
    [InlineData("liver_expb.dcm", "liver_j2k.dcm")]
    [InlineData("liver_nonbyte_aligned.dcm", "liver_nonbyte_aligned_rle.dcm")]
    [InlineData("liver_nonbyte_aligned.dcm", "liver_nonbyte_aligned_deflate.dcm")]
    [InlineData("liver_expb.dcm", "liver_rle.dcm")]
    [InlineData("liver_expb.dcm", "liver_deflate.dcm")]
    public void The_same_image_in_another_transfer_syntax_has_the_same_pixels(string nativeFile, string otherFile)
    {
        DicomDataset native = Open(nativeFile), other = Open(otherFile);
        DicomDataset decoded = other.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.False(decoded.InternalTransferSyntax.IsEncapsulated);
        Assert.Equal(Images.Frames(native), Images.Frames(decoded));
        foreach (DicomTag tag in (DicomTag[])[DicomTag.PhotometricInterpretation, DicomTag.BitsAllocated, DicomTag.BitsStored, DicomTag.HighBit])
            Assert.Equal(native.GetString(tag), decoded.GetString(tag));
        DicomTranscoder one = new(other.InternalTransferSyntax, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(DicomPixelData.Create(native).GetFrame(2).Data, one.DecodeFrame(other, 2).Data);
    }

    private static DicomDataset Open(string name) =>
        DicomFile.Open(TestData.Require("transfer-syntaxes", "pydicom-data", name)).Dataset;
}
