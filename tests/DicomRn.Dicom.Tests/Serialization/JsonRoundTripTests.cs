using CsCheck;
using DicomRn.Dicom.Serialization;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Serialization;

public sealed class JsonRoundTripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char['0', 'z'], Gen.Char['Ä', 'ß'], Gen.Char['一', '丙']), 0, 20]
        .Select(static s => s.Replace("\\", "", StringComparison.Ordinal));

    // A name of separators only is no name in the model.
    private static readonly Gen<string> Name = Gen.Select(Text.Array[0, 3], static groups =>
        string.Join('=', groups.Prepend("A^B").Take(3).Select(static g => g.Replace("=", "", StringComparison.Ordinal).Trim('^'))).TrimEnd('='));

    // The model has one NaN; its bits are not kept.
    private static readonly Gen<double> Double = Gen.Double.Select(static d => double.IsNaN(d) ? double.NaN : d);
    private static readonly Gen<float> Float = Gen.Float.Select(static f => float.IsNaN(f) ? float.NaN : f);

    private static readonly Gen<DicomItem> AnyElement = Gen.OneOf<DicomItem>(
        Text.Array[0, 4].Select(static v => (DicomItem)new DicomLongString(DicomTag.SeriesDescription, v)),
        Text.Array[0, 4].Select(static v => (DicomItem)new DicomUnlimitedCharacters(DicomTag.LongCodeValue, v)),
        Gen.String[Gen.OneOf(Gen.Const('\\'), Gen.Const('"'), Gen.Const('\n'), Gen.Char['a', 'z']), 0, 30].Select(
            static v => (DicomItem)new DicomLongText(DicomTag.ImageComments, v.TrimEnd())),
        Name.Array[0, 3].Select(static v => (DicomItem)new DicomPersonName(DicomTag.OtherPatientNames, v)),
        Gen.UShort.Array[0, 5].Select(static v => (DicomItem)new DicomUnsignedShort(DicomTag.FrameNumbersOfInterest, v)),
        Gen.Short.Array[0, 5].Select(static v => (DicomItem)new DicomSignedShort(new DicomTag(0x0028, 0x1041), v)),
        Double.Array[0, 5].Select(static v => (DicomItem)new DicomFloatingPointDouble(DicomTag.RealWorldValueLUTData, v)),
        Float.Array[0, 5].Select(static v => (DicomItem)new DicomFloatingPointSingle(DicomTag.RecommendedDisplayFrameRateInFloat, v)),
        Gen.Long.Array[0, 5].Select(static v => (DicomItem)new DicomSignedVeryLong(DicomTag.SelectorSVValue, v)),
        Gen.ULong.Array[0, 5].Select(static v => (DicomItem)new DicomUnsignedVeryLong(DicomTag.SelectorUVValue, v)),
        Gen.ULong.Array[0, 5].Select(static v => (DicomItem)new DicomOtherVeryLong(DicomTag.ExtendedOffsetTable, v)),
        Gen.Float.Array[0, 5].Select(static v => (DicomItem)new DicomOtherFloat(DicomTag.FloatPixelData, v)),
        Gen.Decimal[-1000000m, 1000000m].Array[0, 6].Select(static v => (DicomItem)new DicomDecimalString(DicomTag.ContourData, v)),
        Gen.Double.Where(static d => double.IsFinite(d)).Array[0, 6].Select(
            static v => (DicomItem)new DicomDecimalString(DicomTag.ContourData, Array.ConvertAll(v, DicomDecimalString.ToDecimalString))),
        Gen.Int.Array[0, 3].Select(static v => (DicomItem)new DicomIntegerString(DicomTag.InstanceNumber, v)),
        Gen.Byte.Array[0, 300].Select(static v => (DicomItem)new DicomUnknown(new DicomTag(0x0099, 0x1001), v)),
        Gen.UInt.Array[0, 3].Select(static v => (DicomItem)new DicomAttributeTag(
            DicomTag.FrameIncrementPointer, Array.ConvertAll(v, static t => (DicomTag)t))));

    private static readonly Gen<DicomDataset> AnyDataset = Gen.Recursive<DicomDataset>((depth, inner) =>
        depth > 3
            ? AnyElement.Array[0, 6].Select(static items => Dataset(items, []))
            : Gen.Select(AnyElement.Array[0, 6], inner.Array[0, 3], static (items, nested) => Dataset(items, nested)));

    [Fact]
    public void Any_data_set_comes_back_from_the_JSON_model_as_it_went() => AnyDataset.Sample(
        static dataset =>
        {
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
            string json = DicomJson.ConvertDicomToJson(dataset, numberSerializationMode: NumberSerializationMode.AsString);
            Assert.Equal(dataset, DicomJson.ConvertJsonToDicom(json, autoValidate: false));
            string numbers = DicomJson.ConvertDicomToJson(dataset);
            Assert.Equal(numbers, DicomJson.ConvertDicomToJson(DicomJson.ConvertJsonToDicom(numbers, autoValidate: false)));
        },
        iter: 2000);

    [Fact]
    public void Any_damage_to_a_JSON_text_ends_with_an_answer()
    {
        string whole = DicomJson.ConvertDicomToJson(AnyDatasetOfManyKinds());
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Const("\""), Gen.Const("["), Gen.Const("}"), Gen.Const("null"), Gen.Const("1e99"), Gen.Const("\\u0000"), Gen.Const("")),
            Gen.Int[0, 12]).Sample(
            (at, inserted, removed) =>
            {
                string damaged = string.Concat(whole.AsSpan(0, at), inserted, whole.AsSpan(Math.Min(whole.Length, at + removed)));
                try
                {
                    _ = DicomJson.ConvertJsonToDicom(damaged);
                }
                catch (DicomException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            },
            iter: 5000);
    }

    [Theory]
    [InlineData("pydicom", "test_files", "rtplan.dcm")]
    [InlineData("pydicom", "test_files", "CT_small.dcm")]
    [InlineData("pydicom", "test_files", "reportsi.dcm")]
    [InlineData("pydicom", "charset_files", "chrGreek.dcm")]
    [InlineData("pydicom", "test_files", "priv_SQ.dcm")]
    [InlineData("seg-sr", "dcmqi", "segmentations", "ct-3slice", "01.dcm")]
    public async Task What_dcm2json_writes_is_read_as_the_file_that_it_read(params string[] parts)
    {
        string path = TestData.Require(parts);
        string dcm2json = ExternalTool.Require("dcm2json", "dcmtk");
        (int code, string output, string error) = await ExternalTool.RunAsync(dcm2json, [path], TestContext.Current.CancellationToken);
        Assert.True(code == 0, error);
        string expected = DicomJson.ConvertDicomToJson((await DicomFile.OpenAsync(path)).Dataset);
        Assert.Equal(expected, DicomJson.ConvertDicomToJson(DicomJson.ConvertJsonToDicom(output, autoValidate: false)));
    }

    [Theory]
    [InlineData("pydicom", "test_files", "reportsi.dcm")]
    [InlineData("pydicom", "charset_files", "chrGerm.dcm")]
    [InlineData("pydicom", "charset_files", "chrH31.dcm")]
    public async Task What_is_written_is_read_by_pydicom(params string[] parts)
    {
        string path = TestData.Require(parts);
        string python = Pydicom.Require();
        using TemporaryFolder folder = new();
        DicomDataset dataset = (await DicomFile.OpenAsync(path)).Dataset;
        string json = DicomJson.ConvertDicomToJson(dataset);
        await File.WriteAllTextAsync(folder["model.json"], json, TestContext.Current.CancellationToken);
        const string Script = """
            import sys, pydicom
            back = pydicom.Dataset.from_json(open(sys.argv[1], encoding='utf-8').read())
            back.is_little_endian, back.is_implicit_VR = True, False
            back.save_as(sys.argv[2])
            """;
        (int code, _, string error) = await ExternalTool.RunAsync(
            python, ["-c", Script, folder["model.json"], folder["back.dcm"]], TestContext.Current.CancellationToken);
        Assert.True(code == 0, error);
        string back = DicomJson.ConvertDicomToJson((await DicomFile.OpenAsync(folder["back.dcm"])).Dataset);
        Assert.Equal(json, back);
    }

    private static DicomDataset AnyDatasetOfManyKinds() => new()
    {
        { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.PatientName, "Yamada^Tarou=山田^太郎" }, { DicomTag.Rows, (ushort)4 },
        { DicomTag.ContourData, 1.5, -2.25e-30, 3 }, { DicomTag.RealWorldValueLUTData, 1.0, double.NaN }, { DicomTag.SelectorUVValue, ulong.MaxValue },
        { DicomTag.FrameIncrementPointer, DicomTag.FrameTime }, { DicomTag.PixelData, new ushort[] { 1, 2, 3 } }, { DicomTag.TextValue, "a\"b\\c\n" },
        { DicomTag.ContentSequence, new DicomDataset { { DicomTag.InstanceNumber, 4 }, { DicomTag.ContentSequence, new DicomDataset() } } },
    };

    private static DicomDataset Dataset(DicomItem[] items, DicomDataset[] nested)
    {
        DicomDataset dataset = new DicomDataset().NotValidated().AddOrUpdate(items);
        if (nested.Length > 0)
            dataset.AddOrUpdate(new DicomSequence(DicomTag.ContentSequence, nested));
        return dataset;
    }
}
