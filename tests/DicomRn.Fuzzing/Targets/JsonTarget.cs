using System.Text;
using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>The DICOM JSON model, read with and without validation.</summary>
internal sealed class JsonTarget() : FuzzTarget("json")
{
    public override MemoryBound Memory => new(2000, 64 << 20);

    public override IReadOnlyList<IMutation> Mutations { get; } =
    [
        TokenMutation.OfText(
            "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "1e400", "1e-400", "0.1", "99999999999999999999", "\\u0000", "\\uD800",
            "\"vr\":\"SQ\",\"Value\":[{", "\"vr\":\"OB\",\"InlineBinary\":\"AA==\"", "\"BulkDataURI\":\"x\"", "{\"Alphabetic\":\"a\"}",
            "\"00080005\":", "\"00280010\":", "\"7FE00010\":", "\"00091010\":", "\"PatientName\":", "AT", "UN", "US", "FD", "DS", "UV", "PN", "SQ"),
    ];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        DicomTransferSyntax syntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        DicomDataset[] datasets =
            [SampleDatasets.Everything(syntax), SampleDatasets.StructureSet(syntax), SampleDatasets.Segmentation(syntax, "BINARY")];
        yield return Encoding.UTF8.GetBytes(DicomJson.ConvertDicomToJson(datasets));
        foreach (DicomDataset dataset in datasets)
            yield return Encoding.UTF8.GetBytes(DicomJson.ConvertDicomToJson(dataset));
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        string json = Encoding.UTF8.GetString(input);
        if (json.StartsWith('['))
        {
            foreach (DicomDataset dataset in DicomJson.ConvertJsonToDicomArray(json, autoValidate: false))
                ReadDataset.Use(dataset);
            return ValueTask.CompletedTask;
        }

        ReadDataset.Use(DicomJson.ConvertJsonToDicom(json, autoValidate: false));
        DicomJson.ConvertJsonToDicom(json);
        return ValueTask.CompletedTask;
    }
}
