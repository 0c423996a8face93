using System.Text.Json.Nodes;
using DicomRn.Dicom.Log;
using DicomRn.Dicom.Serialization;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Serialization;

public sealed class JsonTests
{
    [Theory]
    [InlineData("pydicom", "test_files", "rtplan.dcm")]
    [InlineData("pydicom", "test_files", "CT_small.dcm")]
    [InlineData("pydicom", "test_files", "MR_small.dcm")]
    [InlineData("pydicom", "test_files", "reportsi.dcm")]
    [InlineData("pydicom", "charset_files", "chrGerm.dcm")]
    [InlineData("pydicom", "test_files", "image_dfl.dcm")]
    [InlineData("pydicom", "test_files", "ExplVR_BigEnd.dcm")]
    [InlineData("pydicom", "test_files", "UN_sequence.dcm")]
    [InlineData("pydicom", "test_files", "priv_SQ.dcm")]
    [InlineData("seg-sr", "dcmqi", "segmentations", "ct-3slice", "01.dcm")]
    public async Task The_JSON_model_agrees_with_dcm2json(params string[] parts)
    {
        string path = TestData.Require(parts);
        string dcm2json = ExternalTool.Require("dcm2json", "dcmtk");
        (int code, string output, _) = await ExternalTool.RunAsync(dcm2json, [path], TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        JsonObject expected = JsonNode.Parse(output)!.AsObject();
        JsonObject actual = JsonNode.Parse(DicomJson.ConvertDicomToJson(DicomFile.Open(path).Dataset))!.AsObject();
        List<string> differences = [];
        Compare("", expected, actual, differences);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Fact]
    public void Person_names_have_their_component_groups()
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.PatientName, "Yamada^Tarou=山田^太郎" },
            { DicomTag.RedPaletteColorLookupTableData, new ushort[] { 1, 2 } },
        };
        Assert.Equal(
            """{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎"}]},"00281201":{"vr":"OW","InlineBinary":"AQACAA=="}}""",
            DicomJson.ConvertDicomToJson(dataset));
    }

    [Fact]
    public async Task The_dump_shows_the_elements_that_dcmdump_shows()
    {
        string dcmdump = ExternalTool.Require("dcmdump", "dcmtk");
        string path = TestData.Require("pydicom", "test_files", "rtplan.dcm");
        (_, string output, _) = await ExternalTool.RunAsync(dcmdump, ["+L", path], TestContext.Current.CancellationToken);
        string[] expected = [.. Lines(output).Where(static l => !l.StartsWith("(fffe", StringComparison.Ordinal) && !l.StartsWith("(0002", StringComparison.Ordinal)).Select(static l => l[..14])];
        string[] actual = [.. Lines(DicomFile.Open(path).Dataset.WriteToString()).Select(static l => l[..14])];
        Assert.Equal(expected, actual);
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(static l => l.TrimStart()).Where(static l => l.StartsWith('('));

    private static void Compare(string where, JsonObject expected, JsonObject actual, List<string> differences)
    {
        foreach (string key in expected.Select(static p => p.Key).Union(actual.Select(static p => p.Key)))
        {
            if (expected[key] is not JsonObject a || actual[key] is not JsonObject b)
            {
                differences.Add($"{where}/{key}: only on one side");
                continue;
            }

            if (a["vr"]!.ToString() is "SQ" && a["Value"] is JsonArray left && b["Value"] is JsonArray right && left.Count == right.Count)
            {
                for (int i = 0; i < left.Count; i++)
                    Compare($"{where}/{key}[{i}]", left[i]!.AsObject(), right[i]!.AsObject(), differences);
            }
            else if (!Same(a, b))
            {
                differences.Add($"{where}/{key}: {a.ToJsonString()} != {b.ToJsonString()}");
            }
        }
    }

    private static bool Same(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(p => Same(p.Value, y[p.Key])),
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(static p => Same(p.First, p.Second)),
        (JsonValue x, JsonValue y) when x.GetValueKind() == System.Text.Json.JsonValueKind.Number && y.GetValueKind() == System.Text.Json.JsonValueKind.Number =>
            Math.Abs(x.GetValue<double>() - y.GetValue<double>()) <= 1e-6 * Math.Abs(x.GetValue<double>()),
        _ => JsonNode.DeepEquals(a, b),
    };
}
