using DicomRn.Dicom.IO;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Files;

public sealed class FileReferenceTests
{
    [Fact]
    public void File_that_was_saved_can_be_moved_and_knows_where_it_is()
    {
        using TemporaryFolder folder = new();
        DicomFile file = new(new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.3" },
        });
        file.Save(folder["a.part"]);
        File.WriteAllText(folder["a.dcm"], "an older one");
        IFileReference reference = file.File!;

        void MoveOntoTheOther() => reference.Move(folder["a.dcm"]);
        Assert.Throws<IOException>(MoveOntoTheOther);
        Assert.Equal(folder["a.part"], reference.Name);
        reference.Move(folder["a.dcm"], overwrite: true);

        Assert.Equal(folder["a.dcm"], reference.Name);
        Assert.True(reference.Exists);
        Assert.False(File.Exists(folder["a.part"]));
        Assert.Equal("1.2.3", DicomFile.Open(folder["a.dcm"]).Dataset.GetString(DicomTag.SOPInstanceUID));
        reference.Delete();
        Assert.False(reference.Exists);
    }
}
