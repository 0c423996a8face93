using System.Text;
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

    [Theory]
    [InlineData("ISO_IR 100", "Jérôme")]
    [InlineData("ISO_IR 101", "Łódź")]
    [InlineData("ISO_IR 109", "Ħal Ġdid")]
    [InlineData("ISO_IR 110", "Ēriks Ģirts")]
    [InlineData("ISO_IR 144", "Люксембург")]
    [InlineData("ISO_IR 127", "قباني")]
    [InlineData("ISO_IR 126", "Διονυσιος")]
    [InlineData("ISO_IR 138", "שרון")]
    [InlineData("ISO_IR 148", "Çavuşoğlu")]
    [InlineData("ISO_IR 203", "Œuvre €")]
    [InlineData("ISO_IR 13", "ﾔﾏﾀﾞ")]
    [InlineData("ISO_IR 166", "นามสกุล")]
    [InlineData("ISO_IR 192", "Wang^XiaoDong=王^小東=ᠮᠣ𠀀")]
    [InlineData("GB18030", "王^小东=𠀀")]
    [InlineData("GBK", "王^小东 囊")]
    [InlineData("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")]
    [InlineData("\\ISO 2022 IR 87\\ISO 2022 IR 159", "鷗外^森丂=山田丄太郎")]
    [InlineData("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData("\\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东")]
    [InlineData("ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126", "éЖéλЖ^é Жλ")]
    [InlineData("ISO 2022 IR 6\\ISO 2022 IR 100\\ISO 2022 IR 149\\ISO 2022 IR 58", "é홍é张")]
    public void Every_character_set_of_the_standard_is_written_and_read(string terms, string name)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SpecificCharacterSet, terms.Split('\\') }, { DicomTag.PatientName, name }, { DicomTag.PatientComments, "1\r\n" + name + "\r\n2" },
        };
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomDataset read = IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(name, read.GetString(DicomTag.PatientName));
        Assert.Equal("1\r\n" + name + "\r\n2", read.GetString(DicomTag.PatientComments));
    }

    [Theory]
    [InlineData("ISO_IR 13", "山田")]
    [InlineData("ISO 2022 IR 13", "山田")]
    [InlineData("\\ISO 2022 IR 149", "𠀀")]
    [InlineData("ISO_IR 144", "é")]
    [InlineData("\\ISO 2022 IR 87", "홍")]
    public void A_character_that_no_repertoire_of_the_data_set_has_is_refused(string terms, string name)
    {
        DicomDataset dataset = new() { { DicomTag.SpecificCharacterSet, terms.Split('\\') }, { DicomTag.PatientName, name } };
        Assert.Throws<DicomDataException>(() => IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian));
    }

    [Theory]
    [InlineData("ISO IR 100", "é")]
    [InlineData("ISO-IR 100", "é")]
    [InlineData("ISO_IR_100", "é")]
    [InlineData("iso_ir 100", "é")]
    [InlineData("\"ISO_IR 100\"", "é")]
    [InlineData("ISO-IR-192", "é홍")]
    [InlineData("UTF8", "é홍")]
    [InlineData("utf-8", "é홍")]
    [InlineData("ISO 2022 IR 192", "é홍")]
    [InlineData("ISO_IR 192\\ISO 2022 IR 100", "é홍")]
    [InlineData("ISO8859-1", "é")]
    [InlineData("ISO_8859_5", "Ж")]
    [InlineData("latin1", "é")]
    [InlineData("IR 100", "é")]
    [InlineData("ISO 2022 GBK", "王")]
    [InlineData("gb18030", "王")]
    [InlineData("ISO 2022 58", "王")]
    [InlineData("ISO_2022_IR_87", "山田")]
    [InlineData("ISO2022IR149", "홍")]
    public void Wrong_but_real_spellings_are_understood(string terms, string text)
    {
        Encoding encoding = text.Contains('홍', StringComparison.Ordinal) && !terms.Contains("149", StringComparison.Ordinal) ? Encoding.UTF8
            : DicomEncoding.GetEncoding(terms.Split('\\')[0]);
        DicomDataset dataset = Named(terms, encoding.GetBytes(text));
        Assert.Equal(text, dataset.GetString(DicomTag.PatientID));
    }

    [Theory]
    [InlineData("\\ISO 2022 IR 149", 949, "홍")]
    [InlineData("\\ISO 2022 IR 58", 936, "王")]
    [InlineData("ISO 2022 IR 6\\ISO 2022 IR 144", 28595, "Ж")]
    public void Text_without_its_escape_sequence_is_read_in_the_only_extension(string terms, int codePage, string text) =>
        Assert.Equal(text, Named(terms, Encoding.GetEncoding(codePage).GetBytes(text)).GetString(DicomTag.PatientID));

    [Fact]
    public void Text_beyond_an_unknown_character_set_is_read_as_Latin_1_and_kept_as_it_is()
    {
        DicomDataset dataset = Named("NO SUCH SET", [0x41, 0xE9, 0xFF, 0x42]);
        Assert.Equal("AéÿB", dataset.GetString(DicomTag.PatientID));
        Assert.Equal([0x41, 0xE9, 0xFF, 0x42], dataset.GetDicomItem<DicomElement>(DicomTag.PatientID)!.Buffer.Data);
    }

    private static DicomDataset Named(string terms, byte[] id)
    {
        DicomDataset raw = new DicomDataset().NotValidated();
        raw.AddOrUpdate(new DicomOtherByte(DicomTag.SpecificCharacterSet, Encoding.ASCII.GetBytes(terms)));
        raw.AddOrUpdate(new DicomOtherByte(DicomTag.PatientID, id));
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(raw, DicomTransferSyntax.ImplicitVRLittleEndian);
        return IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ImplicitVRLittleEndian);
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
