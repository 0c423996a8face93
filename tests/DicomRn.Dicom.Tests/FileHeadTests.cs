using DicomRn.Dicom.IO.Writer;

namespace DicomRn.Dicom.Tests;

public sealed class FileHeadTests
{
    [Theory]
    [InlineData("1.2.3", "DICOMRN", "SENDER")]
    [InlineData("1.2.34", "DICOMRN_1", "")]
    public void Head_is_what_the_writer_of_data_sets_makes_of_it(string instance, string version, string source)
    {
        DicomFileMetaInformation meta = new()
        {
            Version = [0, 1],
            MediaStorageSOPClassUID = DicomUID.MRImageStorage,
            MediaStorageSOPInstanceUID = DicomUID.Parse(instance),
            TransferSyntax = DicomTransferSyntax.ExplicitVRLittleEndian,
            ImplementationClassUID = DicomUID.Parse("1.2.826.0.1"),
            ImplementationVersionName = version,
            SourceApplicationEntityTitle = source,
        };

        byte[] head = Assert.IsType<byte[]>(FileHead.TryEncode(meta));

        DicomDataset whole = DicomDatasetWriter.WithGroupLength(meta, DicomTransferSyntax.ExplicitVRLittleEndian);
        byte[] elements = DicomDatasetWriter.ToArray(whole, DicomTransferSyntax.ExplicitVRLittleEndian, DicomDatasetWriter.KeepLengths);
        Assert.All(head[..128], one => Assert.Equal(0, one));
        Assert.Equal("DICM"u8.ToArray(), head[128..132]);
        Assert.Equal(elements, head[132..]);
    }
}
