using System.Text.Json;
using DicomRn.Dicom.IO.Buffer;
using DicomRn.Dicom.Serialization;

namespace DicomRn.Dicom.Tests.Serialization;

public sealed class JsonReadingTests
{
    [Fact]
    public void Every_VR_of_the_model_is_read()
    {
        DicomDataset dataset = DicomJson.ConvertJsonToDicom(
            """
            {
              "00080005": {"vr":"CS","Value":["ISO_IR 192"]},
              "00080008": {"vr":"CS","Value":["DERIVED",null,"M"]},
              "00080020": {"vr":"DA","Value":["20260301"]},
              "00100010": {"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎","Phonetic":"やまだ^たろう"},null,{"Phonetic":"x"}]},
              "00180050": {"vr":"DS","Value":[1.50]},
              "00200013": {"vr":"IS","Value":[7]},
              "00280009": {"vr":"AT","Value":["00181063","FrameTimeVector"]},
              "00280010": {"vr":"US","Value":["512"]},
              "00280106": {"vr":"SS","Value":[-3]},
              "00089459": {"vr":"FL","Value":[0.1,"NaN"]},
              "00189073": {"vr":"FD","Value":[1e-300]},
              "0040A0B0": {"vr":"US"},
              "7FE00001": {"vr":"OV","InlineBinary":"AQAAAAAAAAA="},
              "00720082": {"vr":"SV","Value":["-9223372036854775808",9223372036854775807]},
              "00720083": {"vr":"UV","Value":[18446744073709551615]},
              "0040A160": {"vr":"UT","Value":["a\\b\r\nc"]},
              "00080120": {"vr":"UR","Value":["http://example.org/x"]},
              "00400440": {"vr":"SQ","Value":[{},null,{"00080100":{"vr":"SH","Value":["1"]}}]},
              "00400441": {"vr":"SQ"},
              "00400442": {"vr":"LO","Value":null},
              "PatientID": {"Value":["42"],"vr":"LO"}
            }
            """,
            autoValidate: false);
        Assert.Equal("Yamada^Tarou=山田^太郎=やまだ^たろう\\\\==x", dataset.GetString(DicomTag.PatientName));
        Assert.Equal(["DERIVED", "", "M"], dataset.GetValues<string>(DicomTag.ImageType));
        Assert.Equal("1.50", dataset.GetString(DicomTag.SliceThickness));
        Assert.Equal("7", dataset.GetString(DicomTag.InstanceNumber));
        Assert.Equal([DicomTag.FrameTime, DicomTag.FrameTimeVector], dataset.GetValues<DicomTag>(DicomTag.FrameIncrementPointer));
        Assert.Equal(512, dataset.GetSingleValue<int>(DicomTag.Rows));
        Assert.Equal(-3, dataset.GetSingleValue<int>(DicomTag.SmallestImagePixelValue));
        Assert.Equal([0.1f, float.NaN], dataset.GetValues<float>(new DicomTag(0x0008, 0x9459)));
        Assert.Equal(1e-300, dataset.GetSingleValue<double>(DicomTag.AcquisitionDuration));
        Assert.Equal([1UL], dataset.GetValues<ulong>(DicomTag.ExtendedOffsetTable));
        Assert.Equal([long.MinValue, long.MaxValue], dataset.GetValues<long>(new DicomTag(0x0072, 0x0082)));
        Assert.Equal(ulong.MaxValue, dataset.GetSingleValue<ulong>(new DicomTag(0x0072, 0x0083)));
        Assert.Equal("a\\b\r\nc", dataset.GetSingleValue<string>(DicomTag.TextValue));
        Assert.Equal([0, 0, 1], dataset.GetSequence(new DicomTag(0x0040, 0x0440)).Select(static i => i.Count));
        Assert.Empty(dataset.GetSequence(new DicomTag(0x0040, 0x0441)));
        Assert.Equal(0, dataset.GetValueCount(new DicomTag(0x0040, 0x0442)));
        Assert.Equal(DicomVR.LO, dataset.GetDicomItem<DicomItem>(DicomTag.PatientID)!.ValueRepresentation);
    }

    [Fact]
    public void Private_elements_find_their_creator_in_any_order()
    {
        DicomDataset dataset = DicomJson.ConvertJsonToDicom(
            """{"00991101":{"vr":"LO","Value":["b"]},"00990011":{"vr":"LO","Value":["DICOMRN TWO"]},"00990010":{"vr":"LO","Value":["DICOMRN ONE"]}}""");
        Assert.Equal("b", dataset.GetString(new DicomTag(0x0099, 0x0001, "DICOMRN TWO")));
        Assert.Equal("""{"00990010":{"vr":"LO","Value":["DICOMRN ONE"]},"00990011":{"vr":"LO","Value":["DICOMRN TWO"]},"00991101":{"vr":"LO","Value":["b"]}}""",
            DicomJson.ConvertDicomToJson(dataset));
    }

    [Fact]
    public void Bulk_data_stays_at_its_URI_until_somebody_sets_it()
    {
        const string Json = """{"00420010":{"vr":"ST","BulkDataURI":"../title"},"7FE00010":{"vr":"OW","BulkDataURI":"http://example.org/frames/1"}}""";
        DicomDataset dataset = DicomJson.ConvertJsonToDicom(Json);
        DicomElement pixels = dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!;
        IBulkDataUriByteBuffer at = Assert.IsAssignableFrom<IBulkDataUriByteBuffer>(pixels.Buffer);
        Assert.Equal("http://example.org/frames/1", at.BulkDataUri);
        Assert.False(at.IsMemory);
        Assert.Throws<DicomDataException>(() => dataset.GetValues<ushort>(DicomTag.PixelData));
        Assert.Throws<DicomDataException>(() => dataset.GetString(DicomTag.DocumentTitle));
        Assert.Equal(Json, DicomJson.ConvertDicomToJson(dataset));
        Assert.Equal(dataset, dataset.Clone());
        Assert.Contains("http://example.org/frames/1", Log.Extensions.WriteToString(dataset), StringComparison.Ordinal);
        Assert.Throws<DicomDataException>(() => new DicomFile(dataset.AddOrUpdate(DicomTag.SOPInstanceUID, "1.2")).Save(new MemoryStream()));
        ((BulkDataUriByteBuffer)at).Data = [1, 0, 2, 0];
        Assert.Equal([1, 2], dataset.GetValues<ushort>(DicomTag.PixelData));
    }

    [Fact]
    public void Text_beyond_ASCII_without_a_character_set_becomes_ISO_IR_192()
    {
        DicomDataset dataset = DicomJson.ConvertJsonToDicom("""{"0008103E":{"vr":"LO","Value":["Schädel"]}}""");
        Assert.Equal("ISO_IR 192", dataset.GetString(DicomTag.SpecificCharacterSet));
        byte[] bytes = IO.Writer.DicomDatasetWriter.ToArray(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(dataset, IO.Reader.DicomDatasetReader.Read(bytes, DicomTransferSyntax.ExplicitVRLittleEndian));
    }

    [Fact]
    public void An_array_holds_several_data_sets_and_the_serializer_reads_and_writes_them()
    {
        DicomDataset[] datasets = DicomJson.ConvertJsonToDicomArray("""[{"00100020":{"vr":"LO","Value":["1"]}},{}]""");
        Assert.Equal(["1", null], datasets.Select(static d => d.GetSingleValueOrDefault<string?>(DicomTag.PatientID, null)));
        JsonSerializerOptions options = new() { Converters = { new DicomJsonConverter(writeTagsAsKeywords: true) } };
        string json = JsonSerializer.Serialize(datasets, options);
        Assert.Equal("""[{"PatientID":{"vr":"LO","Value":["1"]}},{}]""", json);
        Assert.Equal(datasets, JsonSerializer.Deserialize<DicomDataset[]>(json, options)!);
    }

    // SECRET stands for what could identify a patient.
    [Theory]
    [InlineData("", "line 1")]
    [InlineData("SECRET", "line 1")]
    [InlineData("[]", "data set was expected")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"SECRET"}]}""", "malformed")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"SECRET"}]}} {}""", "malformed")]
    [InlineData("""{"SECRET":{"vr":"PN"}}""", "member 1")]
    [InlineData("""{"00100010":"SECRET"}""", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"SECRET"}}""", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":"SECRET"}}""", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":["SECRET"]}]}}""", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"a=SECRET"}]}}""", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":["SECRET"],"BulkDataURI":"x"}}""", "two values")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["SECRET\\2"]}}""", "value 1 of 1")]
    [InlineData("""{"00100020":{"vr":"LO","Value":[true,"SECRET"]}}""", "value 1")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["SECRET","2"]}}""", "2 values")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET"]}}""", "longer than 64")]
    [InlineData("""{"00100020":{"vr":"LO"},"00100020":{"vr":"LO"}}""", "twice")]
    [InlineData("""{"00100020":{"vr":"LO","Value":["\ud800SECRET"]}}""", "Unicode")]
    [InlineData("""{"00280010":{"vr":"US","Value":[65536]}}""", "(0028,0010): value 1 of 1")]
    [InlineData("""{"00280010":{"vr":"US","Value":[1.5]}}""", "(0028,0010)")]
    [InlineData("""{"00280009":{"vr":"AT","Value":["SECRET"]}}""", "(0028,0009)")]
    [InlineData("""{"00189073":{"vr":"FD","Value":[1e999]}}""", "(0018,9073)")]
    [InlineData("""{"7FE00010":{"vr":"OW","InlineBinary":"SECRET!"}}""", "(7fe0,0010)")]
    [InlineData("""{"7FE00010":{"vr":"OW","InlineBinary":"AAA="},"00100010":{"vr":"PN"}}""", null)]
    [InlineData("""{"7FE00010":{"vr":"OW","InlineBinary":"AAAA"}}""", "3 bytes")]
    [InlineData("""{"7FE00010":{"vr":"OW","Value":[1,2]}}""", "InlineBinary")]
    [InlineData("""{"0040A730":{"vr":"SQ","Value":[{},{"0040A168":{"vr":"SQ","Value":["SECRET"]}}]}}""", "(0040,a730)[2]/(0040,a168)[1]")]
    [InlineData("""{"0040A730":{"vr":"SQ","BulkDataURI":"SECRET"}}""", "(0040,a730)")]
    [InlineData("""{"00091001":{"Value":["SECRET"]}}""", "no VR")]
    public void JSON_that_is_not_in_the_model_is_refused_with_its_place_and_without_its_value(string json, string? place)
    {
        Exception? fault = Record.Exception(() => DicomJson.ConvertJsonToDicom(json));
        if (place is null)
        {
            Assert.Null(fault);
            return;
        }

        Assert.IsAssignableFrom<DicomException>(fault);
        Assert.Contains(place, fault!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", fault!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_deeper_than_the_limit_are_refused()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"0040A730":{"vr":"SQ","Value":[""", depth))
            + "{}" + string.Concat(Enumerable.Repeat("]}}", depth));
        int limit = DicomReadLimits.Default.MaximumSequenceDepth;
        DicomDataset deep = DicomJson.ConvertJsonToDicom(Nested(limit));
        Assert.Equal(Nested(limit), DicomJson.ConvertDicomToJson(deep));
        Assert.Throws<DicomDataException>(() => DicomJson.ConvertJsonToDicom(Nested(limit + 1)));
        Assert.Throws<DicomDataException>(() => DicomJson.ConvertJsonToDicom(Nested(200_000)));
    }
}
