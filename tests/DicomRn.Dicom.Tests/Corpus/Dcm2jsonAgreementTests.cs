using System.Text.Json;
using System.Text.Json.Nodes;
using DicomRn.Dicom.Serialization;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>The DICOM JSON model of the readable files, of long series one, is that of dcm2json.</summary>
public sealed class Dcm2jsonAgreementTests
{
    private static readonly KnownDifference[] Known =
    [
        new("malformed/cat08_string_encoding/TC04??_null_*.dcm", "(0010,0020)", "value LO",
            "NULs at the ends of a text, which are padding here"),
        new("pydicom/charset_files/chrSQEncoding.dcm", "(0032,1064)[1]/(????,????)", "value *",
            "dcm2json leaves items in a character set of their own as they are; the model is in UTF-8 (PS3.18 F.2)"),
        new("malformed/cat02_vr_mismatch/TC0257_implicit_patname_binary.dcm", "file", "dcm2json fails",
            "bytes that are no text in the character set; dcm2json refuses them"),
        new("malformed/cat??_*/TC0???_stray_seq_delim.dcm", "file", "dcm2json fails",
            "DCMTK refuses a delimiter outside a sequence; it is passed over here"),
        new("pydicom/charset_files/chrH3?.dcm", "file", "dcm2json fails", "DCMTK lacks the character set in its build"),
        new("pydicom/charset_files/chrJapMulti*.dcm", "file", "dcm2json fails", "DCMTK lacks the character set in its build"),
        new("pydicom/charset_files/chrSQEncoding1.dcm", "file", "dcm2json fails",
            "DCMTK lacks the character set in its build"),
        new("pydicom/test_files/dicomdirtests/DICOMDIR*", "(0004,1220)[*]/(0008,0005)", "value CS",
            "dcm2json leaves the character set of records as it is; the model is in UTF-8 (PS3.18 F.2)"),
        new("pydicom/test_files/*", "file", "dcm2json fails",
            "dcm2json writes no compressed Pixel Data"),
        new("transfer-syntaxes/*", "file", "dcm2json fails",
            "dcm2json writes no compressed Pixel Data"),
        new("seg-sr/highdicom/sm_image_jpegls*.dcm", "file", "dcm2json fails",
            "dcm2json writes no compressed Pixel Data"),
        new("*", "*(0010,0010)", "value PN",
            "dcm2json leaves out the carets at the end of a name"),
        new("seg-sr/highdicom/dx_image.dcm", "(0032,1032)", "value PN",
            "dcm2json leaves out the carets at the end of a name"),
        new("seg-sr/highdicom/dx_image.dcm", "(7fe0,0010)", "value OB",
            "an odd number of bytes in the file: dcm2json appends one"),
        new("pydicom/test_files/*", "(0001,0001)[1]/(0001,0002)", "value UN",
            "an odd number of bytes in the file: dcm2json appends one"),
        new("transfer-syntaxes/1.2.840.10008.1.2.1.99.dcm", "*", "value *",
            "texts padded by NUL in the file: dcm2json keeps it"),
    ];

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    [Fact]
    public async Task The_JSON_model_of_every_file_is_what_dcm2json_writes()
    {
        string dcm2json = ExternalTool.Require("dcm2json", "dcmtk");
        string root = CorpusFiles.Root;
        string[] files = CorpusFiles.Readable(oneOfSeries: true);
        List<Difference>[] differences = new List<Difference>[files.Length];
        ParallelOptions two = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, files.Length, two, async (i, cancellationToken) =>
        {
            differences[i] = [];
            string path = Path.Combine(root, files[i]);
            (int status, string output, _) = await ExternalTool.RunAsync(dcm2json, [path], cancellationToken);
            if (status != 0)
            {
                differences[i].Add(new Difference(files[i], "file", "dcm2json fails"));
                return;
            }

            string ours = DicomJson.ConvertDicomToJson(
                DicomFile.Open(path).Dataset, numberSerializationMode: NumberSerializationMode.PreferablyAsNumber);
            JsonNode? theirs;
            try
            {
                theirs = JsonNode.Parse(output, null, Deep);
            }
            catch (JsonException)
            {
                differences[i].Add(new Difference(files[i], "file", "dcm2json writes no JSON"));
                return;
            }

            Compare(files[i], "", JsonNode.Parse(ours, null, Deep)!.AsObject(), theirs!.AsObject(), differences[i]);
        });
        Difference.AssertKnown([.. differences.SelectMany(static d => d)], Known);
    }

    private static void Compare(string file, string path, JsonObject ours, JsonObject theirs, List<Difference> differences)
    {
        foreach (string key in ours.Select(static p => p.Key).Union(theirs.Select(static p => p.Key)))
        {
            string element = $"{path}({key[..4].ToLowerInvariant()},{key[4..].ToLowerInvariant()})";
            if (ours[key] is not JsonObject a || theirs[key] is not JsonObject b)
            {
                differences.Add(new Difference(file, element, ours.ContainsKey(key) ? "only ours" : "only theirs"));
                continue;
            }

            if ($"{a["vr"]}" != $"{b["vr"]}")
            {
                differences.Add(new Difference(file, element, $"VR {a["vr"]} → {b["vr"]}"));
            }
            else if (a["Value"] is JsonArray left && b["Value"] is JsonArray right && left.Count == right.Count && $"{a["vr"]}" == "SQ")
            {
                for (int i = 0; i < left.Count; i++)
                    Compare(file, $"{element}[{i + 1}]/", left[i]!.AsObject(), right[i]!.AsObject(), differences);
            }
            else if (!Same(a, b))
            {
                differences.Add(new Difference(file, element, $"value {a["vr"]}"));
            }
        }
    }

    private static bool Same(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(p => Same(p.Value, y[p.Key])),
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(static p => Same(p.First, p.Second)),
        (JsonValue x, JsonValue y) when x.GetValueKind() == JsonValueKind.Number && y.GetValueKind() == JsonValueKind.Number =>
            (float)x.GetValue<double>() == (float)y.GetValue<double>()
            || Math.Abs(x.GetValue<double>() - y.GetValue<double>()) <= 1e-6 * Math.Abs(x.GetValue<double>()),
        _ => JsonNode.DeepEquals(a, b),
    };
}
