using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Files;

public sealed class GroupTests
{
    [Theory]
    [InlineData(0x0000, 0x0900)]
    [InlineData(0x0002, 0x0010)]
    [InlineData(0x0006, 0x0001)]
    [InlineData(0xFFFF, 0xFFFF)]
    public void Elements_of_groups_that_no_data_set_has_are_not_written_into_a_file_which_could_not_be_read(int group, int element)
    {
        DicomDataset dataset = new() { { DicomTag.SOPInstanceUID, "1.2.3" } };
        dataset.AddOrUpdate(new DicomUnknown(new DicomTag((ushort)group, (ushort)element), new MemoryByteBuffer([1, 2, 3, 4])));
        Assert.Throws<DicomDataException>(() => new DicomFile(dataset).Save(Stream.Null));
    }
}
