namespace DicomRn.Dicom.Tests.Elements;

public sealed class OtherWordTests
{
    [Fact]
    public void All_words_of_pixel_data_are_one_value() =>
        Assert.Equal([1, 2, 3], new DicomDataset { { DicomTag.PixelData, new ushort[] { 1, 2, 3 } } }.GetValues<ushort>(DicomTag.PixelData));
}
