using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Text;

public sealed class CharacterSetTests
{
    // Names as pydicom's own tests give them for these files.
    [Theory]
    [InlineData("chrArab", "قباني^لنزار")]
    [InlineData("chrFren", "Buc^Jérôme")]
    [InlineData("chrFrenMulti", "Buc^Jérôme")]
    [InlineData("chrGerm", "Äneas^Rüdiger")]
    [InlineData("chrGreek", "Διονυσιος")]
    [InlineData("chrH31", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("chrH32", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")]
    [InlineData("chrHbrw", "שרון^דבורה")]
    [InlineData("chrI2", "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData("chrJapMulti", "やまだ^たろう")]
    [InlineData("chrJapMultiExplicitIR6", "やまだ^たろう")]
    [InlineData("chrKoreanMulti", "김희중")]
    [InlineData("chrRuss", "Люкceмбypг")]
    [InlineData("chrX1", "Wang^XiaoDong=王^小東=")]
    [InlineData("chrX2", "Wang^XiaoDong=王^小东=")]
    public void Patient_names_are_decoded(string file, string expected)
    {
        DicomFile read = DicomFile.Open(TestData.Require("pydicom", "charset_files", file + ".dcm"));
        Assert.Equal(expected, read.Dataset.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData("chrH31")]
    [InlineData("chrI2")]
    [InlineData("chrX1")]
    [InlineData("chrX2")]
    [InlineData("chrGreek")]
    [InlineData("chrFrenMulti")]
    public void Names_that_are_set_anew_are_written_in_the_same_character_set(string file)
    {
        DicomDataset dataset = DicomFile.Open(TestData.Require("pydicom", "charset_files", file + ".dcm")).Dataset;
        string name = dataset.GetString(DicomTag.PatientName);
        DicomDataset copy = new();
        copy.AddOrUpdate(dataset.GetDicomItem<DicomItem>(DicomTag.SpecificCharacterSet)!);
        copy.AddOrUpdate(DicomTag.PatientName, name);
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(copy, DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomDataset read = IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(name, read.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Items_inherit_the_character_set_and_may_have_their_own()
    {
        DicomDataset inner = new() { { DicomTag.SpecificCharacterSet, "ISO_IR 144" }, { DicomTag.CodeMeaning, "Люксембург" } };
        DicomDataset dataset = new()
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.AnatomicRegionSequence, new DicomDataset { { DicomTag.CodeMeaning, "Großhirn, 大脳" } }, inner },
        };
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ImplicitVRLittleEndian);
        DicomSequence read = IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ImplicitVRLittleEndian)
            .GetSequence(DicomTag.AnatomicRegionSequence);
        Assert.Equal("Großhirn, 大脳", read.Items[0].GetString(DicomTag.CodeMeaning));
        Assert.Equal("Люксембург", read.Items[1].GetString(DicomTag.CodeMeaning));
    }

    [Fact]
    public void Changing_the_character_set_of_a_data_set_re_encodes_its_text()
    {
        DicomDataset dataset = DicomFile.Open(TestData.Require("pydicom", "charset_files", "chrRuss.dcm")).Dataset;
        dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomDataset read = IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("Люкceмбypг", read.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Text_that_the_character_set_lacks_is_refused_not_replaced()
    {
        DicomDataset dataset = new() { { DicomTag.SpecificCharacterSet, "ISO_IR 100" }, { DicomTag.SeriesDescription, "κεφαλή" } };
        DicomDataException fault = Assert.Throws<DicomDataException>(
            () => IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian));
        Assert.Contains("(0008,103e)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chrSQEncoding", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")]
    public void Names_in_items_are_decoded(string file, string expected)
    {
        DicomDataset dataset = DicomFile.Open(TestData.Require("pydicom", "charset_files", file + ".dcm")).Dataset;
        Assert.Equal(expected, dataset.GetSequence(DicomTag.RequestedProcedureCodeSequence).Items[0].GetString(DicomTag.PatientName));
    }
}
